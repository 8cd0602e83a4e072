"""A case or a lesson: who wrote, in which specialty and language, when. Its words are one sealed document elsewhere.

A one-off post has no author in any row: in the author's place stands a nullifier that its maker shows nowhere else.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.discussion.shared import epoch
from curbside.anonymous.membership.queries import crowd_along, members_of_country
from curbside.kit.clock import this_minute, today
from curbside.kit.ids import RandomIdField

THREAD_KIND: Final = "case"
"""How threads of cases are marked."""


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, by what a page needs of them."""

    def open(self) -> "CaseQuerySet":
        """Those that lists show."""
        return self.filter(state=Case.State.OPEN)

    def of_kind(self, kind: "Case.Kind") -> "CaseQuerySet":
        """Cases proper, or lessons."""
        return self.filter(kind=kind)

    def in_specialty(self, slug: str) -> "CaseQuerySet":
        """Those of one specialty; of all for an empty slug."""
        return self.filter(specialty=slug) if slug else self

    def in_language(self, code: str) -> "CaseQuerySet":
        """Those in one language; in all for an empty code."""
        return self.filter(language=code) if code else self

    def at_stage(self, stage: str) -> "CaseQuerySet":
        """Those so far; all for an empty one."""
        return self.filter(stage=stage) if stage else self

    def waiting_since(self, day: date) -> "CaseQuerySet":
        """Questions asked on that day or before of which nobody has said what happened."""
        asked = self.open().of_kind(Case.Kind.CASE).exclude(stage__in=TOLD_STAGES)
        return asked.filter(posted_at__lt=datetime.combine(day + timedelta(days=1), time(), UTC))

    def waiting_in(self, slug: str) -> "CaseQuerySet":
        """Open questions of a specialty, of all for an empty slug, that no answer has helped yet, by anyone's word."""
        return self.asked_in(slug).filter(thread__helped=False)

    def asked_in(self, slug: str) -> "CaseQuerySet":
        """Open questions of a specialty, of all for an empty slug, whose author has not said that they are answered."""
        return self.open().of_kind(Case.Kind.CASE).in_specialty(slug).at_stage(Case.Stage.ASKED)

    def first_answers_since(self, moment: datetime) -> "models.QuerySet[Case, tuple[str, datetime, datetime | None]]":
        """Of open questions from that minute on: specialty, minute, and minute of the first answer or None."""
        asker = Coalesce(models.OuterRef("author"), models.Value(0), output_field=models.BigIntegerField())
        answers = Comment.objects.filter(thread=models.OuterRef("thread"), state=Comment.State.SHOWN, by_opener=False, warns_of=None)
        first = answers.exclude(author=asker).order_by("posted_at").values("posted_at")[:1]
        asked = self.open().of_kind(Case.Kind.CASE).exclude(stage=Case.Stage.TOLD).filter(posted_at__gte=moment)
        return asked.annotate(first_answer_at=models.Subquery(first)).values_list("specialty", "posted_at", "first_answer_at")

    def from_country(self, code: str) -> "CaseQuerySet":
        """Those whose authors show a badge of the country: nothing but what stands beside each."""
        return self.filter(author__in=members_of_country(code))

    def written_by(self, author_id: int) -> "CaseQuerySet":
        """One member's own."""
        return self.filter(author_id=author_id)

    def keeping_answers_back(self) -> "CaseQuerySet":
        """Those of which each reader gives a list of diagnoses before others' answers are shown."""
        return self.filter(blind=True, stage__in=BLIND_STAGES)

    def with_thread(self) -> "CaseQuerySet":
        """With the thread, for its number of comments."""
        return self.select_related("thread")

    def with_poll(self) -> "CaseQuerySet":
        """With the poll that stands inside, if there is one."""
        return self.select_related("thread__poll")

    def with_epoch(self) -> "CaseQuerySet":
        """With what the shared layer of pages depends on beside the row (kit.layers)."""
        read_along = {"epoch": epoch()}  # apart, as the type checker takes it for a second attribute
        return self.annotate(**read_along)

    def with_crowd(self) -> "CaseQuerySet":
        """With how many could have written a one-off post."""
        read_along = {"crowd": crowd_along()}  # likewise
        return self.annotate(**read_along)

    def with_author(self) -> "CaseQuerySet":
        """With the pseudonym of who asked."""
        return self.select_related("author")


class Quota(models.Model):
    """How many one-off posts somebody made today. Erased when the day is over (`curbside oneoffs forget`)."""

    id = RandomIdField()
    nullifier = models.BinaryField(max_length=32, unique=True)
    """Of the purpose ``quota`` for this day: the same person has another one tomorrow, and another one in every case."""
    day = models.DateField(default=today)
    posts = models.PositiveSmallIntegerField(default=0)
    blocked = models.BooleanField(default=False)
    """Whether a moderator ended it for the rest of the day."""

    def __str__(self) -> str:
        return f"quota {self.pk}"


class Case(models.Model):
    """A case that a member put to the others, or a lesson that one tells."""

    class Kind(models.TextChoices):
        CASE = "case", _("case")
        LESSON = "lesson", _("lesson")
        LOUNGE = "lounge", _("lounge")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        HIDDEN = "hidden", _("hidden by a moderator")
        REMOVED = "removed", _("removed by its author")
        MODERATED = "barred", _("removed by a moderator")
        LEFT = "left", _("erased: its author left")

    class Stage(models.TextChoices):
        ASKED = "asked", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed, with what happened")
        TOLD = "told", _("finished case study")

    id = RandomIdField()
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.CASE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="cases", db_index=False)
    """None for a one-off post, for one under an alias, and once erased."""
    nullifier = models.BinaryField(max_length=32, null=True, blank=True)
    """Of a one-off post: the nullifier of the purpose ``case`` for this case alone, by which its author comes back; null once erased."""
    quota = models.ForeignKey(Quota, models.SET_NULL, null=True, blank=True, related_name="cases")
    """Of a one-off post of today, so that a moderator can block it: null from midnight on."""
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

    stage = models.CharField(max_length=8, choices=Stage, default=Stage.ASKED)
    """How far the asking is, by its author's own word: lists are made of it."""
    has_pictures = models.BooleanField(default=False)
    """In clear, because lists say so and are filtered by it; which pictures is sealed."""
    reminded = models.BooleanField(default=False)
    """Whether its author was asked once what happened."""
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    """Why a moderator removed or hid it; none where it is hidden until one has looked."""
    under_alias = models.BooleanField(default=False)
    """Whether its author wrote under an alias: who that is stands in the sealed document alone."""
    blind = models.BooleanField(default=False)
    """Whether it asks what it is, so that readers give lists of diagnoses first; search must know it without opening the words."""

    epoch: str = ""
    """Read along by ``with_epoch``."""
    crowd: int | None = None
    """Read along by ``with_crowd``."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "state", "-posted_at", "-id"], name="case_newest"),
            models.Index(fields=["kind", "state", "specialty", "-posted_at", "-id"], name="case_by_specialty"),
            models.Index(fields=["kind", "state", "language", "-posted_at", "-id"], name="case_by_language"),
            models.Index(fields=["kind", "state", "specialty", "language", "-posted_at", "-id"], name="case_by_both"),
            models.Index(fields=["kind", "state", "stage", "-posted_at", "-id"], name="case_by_stage"),
            models.Index(fields=["kind", "state", "specialty", "stage", "posted_at", "id"], name="case_waiting"),
            models.Index(fields=["author", "state", "-posted_at", "-id"], name="case_of_author"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "hidden"], text_id__isnull=False)
                | (~models.Q(state__in=["open", "hidden"]) & models.Q(text_id__isnull=True)),
                name="case_text_while_held",
            ),
            models.CheckConstraint(
                condition=models.Q(author__isnull=True) | (models.Q(nullifier__isnull=True) & models.Q(quota__isnull=True)),
                name="case_author_or_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(under_alias=False) | models.Q(author__isnull=True, nullifier__isnull=True, quota__isnull=True),
                name="case_alias_names_nobody",
            ),
            models.CheckConstraint(condition=~models.Q(stage="told") | models.Q(blind=True), name="case_told_is_turned_to"),
            models.CheckConstraint(
                condition=models.Q(kind="lounge", specialty="") | (~models.Q(kind="lounge") & ~models.Q(specialty="")),
                name="case_of_a_specialty",
            ),
            models.CheckConstraint(condition=models.Q(blind=False) | models.Q(kind="case"), name="case_blind_when_asking"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def by_nobody(self) -> bool:
        """Whether it is a one-off post: its author is in no row."""
        return self.nullifier is not None

    @property
    def keeps_answers_back(self) -> bool:
        """Whether readers give a list before they are shown others' answers."""
        return self.blind and self.stage in BLIND_STAGES

    @property
    def is_question(self) -> bool:
        """Whether it asks: nothing else has an outcome, or waits for an answer."""
        return self.kind == Case.Kind.CASE

    @property
    def is_lounge(self) -> bool:
        """Whether it is no clinical matter (the room lounge): of no specialty, and in no clinical list."""
        return self.kind == Case.Kind.LOUNGE

    @property
    def is_lesson(self) -> bool:
        """Whether it is told rather than asked."""
        return self.kind == Case.Kind.LESSON


BLIND_STAGES: Final = (Case.Stage.ASKED, Case.Stage.TOLD)
"""While a case is so far, answers are kept back from who has given no list; of a finished study, the outcome as well."""
TOLD_STAGES: Final = (Case.Stage.CLOSED, Case.Stage.TOLD)
"""Its outcome is told."""


class DiagnosisList(models.Model):
    """A reader's ranked list of diagnoses for a case. Neither whose it is nor when it came is in the row."""

    id = RandomIdField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="lists", db_index=False)
    reader_mark = models.CharField(max_length=32)
    """Of the case's sealed salt and the member (cases.differentials.marks): one list each, and nothing to join to a member."""
    text_id = models.BigIntegerField(unique=True)
    """The sealed list (cases.differentials.documents)."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "reader_mark"], name="one_list_of_a_reader"),
        ]

    def __str__(self) -> str:
        return f"list {self.pk}"


class HubPace(models.Model):
    """How soon a specialty's cases are answered: over all its cases of the last 90 days, never of one member's (cases.hubs.actions)."""

    id = RandomIdField()
    specialty = models.CharField(max_length=40, unique=True)
    asked = models.PositiveIntegerField()
    """How many cases it was measured over."""
    answered = models.PositiveIntegerField()
    """How many of them somebody else has answered: the median rests on these."""
    minutes = models.PositiveIntegerField()
    """The median from posting to the first answer."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(answered__gte=1, answered__lte=models.F("asked")), name="hub_pace_of_answered"),
        ]

    def __str__(self) -> str:
        return f"pace of {self.specialty}"


class CountryHub(models.Model):
    """A country from which enough members post for a list of their cases to be nobody's alone (cases.hubs.countries)."""

    id = RandomIdField()
    country = models.CharField(max_length=2, unique=True)
    cases = models.PositiveIntegerField()
    """Open cases whose authors show a badge of it, when it was counted."""

    def __str__(self) -> str:
        return self.country
