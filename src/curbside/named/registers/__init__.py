"""National registers: importing their files, and finding a licence in them. Knows no doctor of ours."""
