"""Who moderates, and what was done. The log says what, on which day and why; never by which moderator, nor of which member."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.moderation.sentences import Sentence, TagReason
from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField

APPEAL_DAYS: Final = 30
"""How long a decision can be appealed against, and who decided it is kept."""


REASONS: Final = [*Reason.choices, *TagReason.choices]


class Moderator(models.Model):
    """A member whom the operator appointed, for one hub or for all."""

    id = RandomIdField()
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    specialty = models.CharField(max_length=40, blank=True)
    """The specialty whose posts they judge; empty for all."""
    country = models.CharField(max_length=2, blank=True)
    """The country whose posts they judge; empty for all. With a specialty as well: of both."""

    def __str__(self) -> str:
        return f"moderator {self.pk}"

    @property
    def judges_all(self) -> bool:
        """Whether no hub bounds them: private messages are of none."""
        return not self.specialty and not self.country

    def hub(self) -> dict[str, str]:
        """What rows of their hub hold, to filter by; nothing for a moderator of all."""
        return {column: value for column, value in (("specialty", self.specialty), ("country", self.country)) if value}

    def judges(self, hub: Mapping[str, str]) -> bool:
        """Whether a post of this hub (`Post.hub`) is theirs to judge."""
        return self.specialty in {"", hub["specialty"]} and self.country in {"", hub["country"]}


class LogEntry(models.Model):
    """Something a moderator did."""

    class Deed(models.TextChoices):
        REMOVE_CASE = "case", _("Post removed")
        REMOVE_COMMENT = "comment", _("Comment removed")
        BLOCK_QUOTA = "quota", _("One-off posts ended for the day")
        HIDE = "hide", _("Hidden")
        KEEP = "keep", _("Reported, and left as it was")
        SHOW_AGAIN = "show", _("Shown again after an appeal")
        UPHOLD = "uphold", _("Appeal turned down")
        WARN = "warn", _("Member warned")
        SUSPEND = "suspend", _("Member suspended")
        BAN = "ban", _("Member banned")
        TAGS = "tags", _("Specialty, conditions or urgency corrected")
        REMOVE_MESSAGE = "message", _("Private message removed")

    id = RandomIdField()
    deed = models.CharField(max_length=8, choices=Deed)
    done_on = models.DateField(default=today)
    reason = models.CharField(max_length=12, choices=REASONS)
    case_id = models.BigIntegerField(null=True)
    """Whose page it concerned: a number, as the case may be gone. None for what concerned a member."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-done_on", "-id"], name="log_newest")]

    def __str__(self) -> str:
        return f"{self.deed} {self.done_on}"


class Report(models.Model):
    """A member's word that a post should be looked at. The member's own words are sealed, and erased once it is judged."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("A moderator has not looked at it yet.")
        KEPT = "kept", _("A moderator looked at it and left it as it is.")
        HIDDEN = "hidden", _("A moderator hid it.")
        REMOVED = "removed", _("A moderator removed it.")
        GONE = "gone", _("It was erased before a moderator looked.")

    id = RandomIdField()
    case_id = models.BigIntegerField()
    comment_id = models.BigIntegerField(default=0)
    """0 where the case itself is meant."""
    specialty = models.CharField(max_length=40)
    country = models.CharField(max_length=2, blank=True)
    """That the case's author shows; empty where none is shown."""
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    """None where no member reported: a list of harsh words brought the post, a reader who marked it as harmful, or the guard."""
    reason = models.CharField(max_length=12, choices=Reason)
    text_id = models.BigIntegerField(null=True, unique=True)
    reported_on = models.DateField(default=today)
    hid = models.BooleanField(default=False)
    """Whether it hid the post at once."""
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outcome", "specialty", "id"], name="report_waiting"),
            models.Index(fields=["case_id", "comment_id"], name="report_of_post"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reporter", "case_id", "comment_id"], name="one_report_of_a_post"),
            models.UniqueConstraint(
                fields=["case_id", "comment_id", "reason"], condition=models.Q(reporter=None), name="one_note_of_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="open", answered_on__isnull=True)
                | (~models.Q(outcome="open") & models.Q(answered_on__isnull=False)),
                name="report_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class MessageReport(models.Model):
    """A member's word on a private message to them. Sealed with it are its words as the member read them: nobody else could open it."""

    id = RandomIdField()
    message_id = models.BigIntegerField()
    """A number, as its author may erase it meanwhile."""
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    accused = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    """Who wrote it, so that erasing it helps nobody out of a judgement."""
    reason = models.CharField(max_length=12, choices=Reason)
    text_id = models.BigIntegerField(null=True, unique=True)
    reported_on = models.DateField(default=today)
    outcome = models.CharField(max_length=8, choices=Report.Outcome, default=Report.Outcome.OPEN)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["outcome", "id"], name="message_report_waiting")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reporter", "message_id"], name="one_report_of_a_message"),
            models.CheckConstraint(condition=~models.Q(reporter=models.F("accused")), name="message_report_of_another"),
            models.CheckConstraint(
                condition=models.Q(outcome="open", answered_on__isnull=True, text_id__isnull=False)
                | (~models.Q(outcome="open") & models.Q(answered_on__isnull=False)),
                name="message_report_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"message report {self.pk}"


class Decision(models.Model):
    """What a moderator did about a post under a pseudonym or nobody's, or a private message, until there is no more appeal against it."""

    class Action(models.TextChoices):
        KEEP = "keep", _("Left as it was")
        HIDE = "hide", _("Hidden")
        REMOVE = "remove", _("Removed, words erased")
        TAGS = "tags", _("Specialty, conditions or urgency corrected")

    class Appeal(models.TextChoices):
        NONE = "none", _("No appeal")
        WAITING = "waiting", _("Your appeal waits for another moderator.")
        UPHELD = "upheld", _("Another moderator looked at it, and it stands.")
        REVERSED = "reversed", _("Another moderator looked at it and took it back.")

    id = RandomIdField()
    case_id = models.BigIntegerField()
    comment_id = models.BigIntegerField(default=0)
    message_id = models.BigIntegerField(default=0)
    """Of a private message: then there is no case, and no hub."""
    specialty = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    """Of a post under a pseudonym, so that they are told and can appeal."""
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    """So that another one judges the appeal; shown to nobody."""
    action = models.CharField(max_length=8, choices=Action)
    sanction = models.BigIntegerField(null=True)
    """The warning or suspension that came with it, to be lifted by a reversal."""
    reason = models.CharField(max_length=12, choices=REASONS)
    sentence = models.CharField(max_length=12, choices=Sentence, blank=True)
    """What the moderator added for the author."""
    decided_on = models.DateField(default=today)
    appeal = models.CharField(max_length=8, choices=Appeal, default=Appeal.NONE)
    text_id = models.BigIntegerField(null=True, unique=True)
    """The sealed words of the appeal; erased once it is judged."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["reason", "specialty", "-decided_on", "-id"], name="decision_alike"),
            models.Index(fields=["appeal", "id"], name="decision_appealed"),
            models.Index(fields=["case_id", "comment_id"], name="decision_of_post"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def may_be_appealed(self) -> bool:
        """Whether its month is not over and nobody appealed yet."""
        waits_for_none = self.appeal == Decision.Appeal.NONE and self.action != Decision.Action.TAGS  # which its author can edit back
        return waits_for_none and self.decided_on + timedelta(days=APPEAL_DAYS) >= today()


class Note(models.Model):
    """What moderators tell each other of a post, or of a member wherever they write. Sealed; it says not which moderator wrote it."""

    id = RandomIdField()
    case_id = models.BigIntegerField(default=0)
    comment_id = models.BigIntegerField(default=0)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    """The member it is of; none for one of a post."""
    text_id = models.BigIntegerField(unique=True)
    written_on = models.DateField(default=today)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case_id", "comment_id"], name="note_of_post")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(about__isnull=True, case_id__gt=0) | models.Q(about__isnull=False, case_id=0, comment_id=0),
                name="note_of_a_post_or_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class HeldSanction(models.Model):
    """A sanction of who is behind an alias, until the duty of the hour gives it (moderation.held). Whom and what is sealed."""

    id = RandomIdField()
    text_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"held sanction {self.pk}"
