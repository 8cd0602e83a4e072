"""A case: who asked, in which specialty and language, when. Title, story and question are one sealed document elsewhere."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.models import Thread
from curbside.kit.clock import this_minute
from curbside.kit.ids import RandomIdField

THREAD_KIND: Final = "case"
"""How threads of cases are marked."""


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, by what a page needs of them."""

    def open(self) -> "CaseQuerySet":
        """Those that lists show."""
        return self.filter(state=Case.State.OPEN)

    def in_specialty(self, slug: str) -> "CaseQuerySet":
        """Those of one specialty; of all for an empty slug."""
        return self.filter(specialty=slug) if slug else self

    def in_language(self, code: str) -> "CaseQuerySet":
        """Those in one language; in all for an empty code."""
        return self.filter(language=code) if code else self

    def written_by(self, author_id: int) -> "CaseQuerySet":
        """One member's own."""
        return self.filter(author_id=author_id)

    def with_thread(self) -> "CaseQuerySet":
        """With the thread, for its number of comments."""
        return self.select_related("thread")

    def with_author(self) -> "CaseQuerySet":
        """With the pseudonym of who asked."""
        return self.select_related("author")


class Case(models.Model):
    """A case that a member put to the others."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        REMOVED = "removed", _("removed by its author")
        LEFT = "left", _("erased: its author left")

    id = RandomIdField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="cases", db_index=False)
    thread = models.OneToOneField(Thread, models.PROTECT, related_name="case")
    text_id = models.BigIntegerField(null=True, blank=True, unique=True)
    """The sealed document (cases.documents); null once erased."""
    specialty = models.CharField(max_length=40)
    """A slug of curbside.kit.specialties: lists are made of it."""
    language = models.CharField(max_length=2)
    posted_at = models.DateTimeField(default=this_minute)
    edited_at = models.DateTimeField(null=True, blank=True)
    view_count = models.PositiveIntegerField(default=0)
    """How often the page was opened; by whom is nowhere (cases.views_counter)."""
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-posted_at", "-id"], name="case_newest"),
            models.Index(fields=["state", "specialty", "-posted_at", "-id"], name="case_by_specialty"),
            models.Index(fields=["state", "language", "-posted_at", "-id"], name="case_by_language"),
            models.Index(fields=["state", "specialty", "language", "-posted_at", "-id"], name="case_by_both"),
            models.Index(fields=["author", "state", "-posted_at", "-id"], name="case_of_author"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="open", text_id__isnull=False) | (~models.Q(state="open") & models.Q(text_id__isnull=True)),
                name="case_text_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"
