"""Conditions, their terms in several languages, and the words of the terms. Public reference data: nothing here is about anyone."""

from typing import ClassVar, Final

from django.db import models

from curbside.kit.ids import RandomIdField

LONGEST_FOLDED: Final = 320
"""Characters of a folded term; a longer term is not loaded."""


class Condition(models.Model):
    """A code of ICD-10-CM that says what somebody has, with the classification's own label."""

    id = RandomIdField()
    code = models.CharField(max_length=8, unique=True)
    """With the dot: I21.9."""
    label = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Term(models.Model):
    """Words that mean a condition: the label, a term that the classification includes, or a synonym."""

    id = RandomIdField()
    condition = models.ForeignKey(Condition, models.CASCADE, related_name="terms")
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=300)
    folded = models.CharField(max_length=LONGEST_FOLDED, db_index=True)
    """Its folded words, each with a space before it: where a word begins is where a space is."""
    same = models.BooleanField()
    """Whether it means the condition as a whole, so that a search may put it in the place of another; included terms are narrower."""

    def __str__(self) -> str:
        return self.text


class Word(models.Model):
    """A word of a term, to find the term by how the word begins."""

    id = RandomIdField()
    term = models.ForeignKey(Term, models.CASCADE, related_name="words", db_index=False)
    word = models.BinaryField(max_length=160)
    """In UTF-8, as bytes: both engines compare bytes alike, so a range of an ordinary index finds a prefix whatever the collation."""
    rank = models.PositiveSmallIntegerField()
    """How far down it stands: the least is shown first."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["word", "rank", "term"], name="word_by_prefix")]

    def __str__(self) -> str:
        return bytes(self.word).decode()
