"""Medical conditions: ICD-10-CM codes with the words people use for them, and the way to find one while typing."""
