"""Forms of moderation: why, a report, a judgement, an appeal. None has a field for a moderator's own words about an author."""

from typing import Final, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.choices import Urgency
from curbside.anonymous.cases.documents import CaseText, Named
from curbside.anonymous.cases.fields import LinesField, as_lines, lines_of, read_conditions
from curbside.anonymous.discussion.forms import TextField
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.moderation.judging import Judgement
from curbside.anonymous.moderation.models import Decision, LogEntry
from curbside.anonymous.moderation.sentences import Sentence, TagReason
from curbside.kit.specialties import SPECIALTIES

_REPORTED: Final = [
    (Reason.PATIENT, _("It could tell who a patient is")),
    (Reason.PERSON, _("It could tell who a colleague or a member is")),
    (Reason.DANGER, _("Misinformation: it could lead to harm if followed")),
    (Reason.ABUSE, _("Harassment: it attacks a person")),
    (Reason.SELLING, _("Promotion: it advertises")),
    (Reason.OFF_TOPIC, _("Not a doctor's matter")),
]
_SANCTIONS: Final = [
    ("", _("Nothing")),
    (LogEntry.Deed.WARN, _("Warn")),
    (LogEntry.Deed.SUSPEND, _("Suspend: read only")),
    (LogEntry.Deed.BAN, _("Ban for good")),
]
LONGEST_WORDS: Final = 2_000
LONGEST_NOTE: Final = 500
LONGEST_MESSAGE: Final = 4_000
"""Characters, as the composer of messages allows."""
_SELECT: Final = {"class": "select w-full"}


class Tags(TypedDict):
    """What a moderator puts in place of a case's own."""

    specialty: str
    conditions: tuple[Named, ...]
    urgency: str
    reason: TagReason


class ReasonForm(forms.Form):
    """A reason, which stands where the text stood."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices, widget=forms.RadioSelect({"class": "radio"}))

    def chosen(self) -> Reason:
        """The reason."""
        return Reason(self.cleaned_data["reason"])


class ReportForm(forms.Form):
    """What a member tells moderators."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=_REPORTED, widget=forms.RadioSelect({"class": "radio"}))
    words = TextField(longest=LONGEST_WORDS, rows=4, label=_("In your words, if it helps"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's, passed through
        self.fields["words"].required = False


class MessageReportForm(ReportForm):
    """A report of a private message, with its words as the member's browser opened them."""

    quoted = TextField(
        longest=LONGEST_MESSAGE,
        rows=6,
        label=_("The message, as you read it"),
        help_text=_("Your browser opened it: nobody else can. Take out what moderators need not see."),
    )
    field_order = ("reason", "quoted", "words")


class AppealForm(forms.Form):
    """Why a decision should be taken back."""

    words = TextField(longest=LONGEST_WORDS, rows=6, label=_("Why it should be taken back"))


class NoteForm(forms.Form):
    """A note for the other moderators."""

    words = TextField(
        longest=LONGEST_NOTE,
        rows=3,
        label=_("Note for the other moderators"),
        help_text=_("What matters for judging. Never who you believe somebody is. Encrypted, and gone after a month."),
    )
    of_author = forms.BooleanField(label=_("Show it at everything that its author wrote"), required=False)


class TagsForm(forms.Form):
    """What lists and search find a case by, and why it is put right."""

    specialty = forms.ChoiceField(label=_("Specialty"), choices=lambda: [*SPECIALTIES.items()], widget=forms.Select(_SELECT))
    conditions = LinesField(label=_("Conditions"), help_text=_("One a line, in words or as a code of ICD-10-CM."))
    urgency = forms.ChoiceField(label=_("An answer helps"), required=False, choices=Urgency.choices, widget=forms.Select(_SELECT))
    reason = forms.ChoiceField(
        label=_("Reason, told to its author"), choices=TagReason.choices, widget=forms.RadioSelect({"class": "radio"})
    )

    @staticmethod
    def written_in(text: CaseText, *, specialty: str) -> dict[str, str]:
        """What stands there now."""
        return {"specialty": specialty, "conditions": as_lines(text.facts.conditions), "urgency": text.facts.urgency}

    def tags(self) -> Tags:
        """As the action takes them. Two queries where conditions are named."""
        data = self.cleaned_data
        return {
            "specialty": data["specialty"],
            "conditions": read_conditions(lines_of(data["conditions"])),
            "urgency": data["urgency"],
            "reason": TagReason(data["reason"]),
        }


class JudgementForm(forms.Form):
    """What to do with a post, and with who wrote it."""

    action = forms.ChoiceField(
        label=_("The post"),
        choices=lambda: [choice for choice in Decision.Action.choices if choice[0] != Decision.Action.TAGS],
        widget=forms.RadioSelect({"class": "radio"}),
    )
    reason = forms.ChoiceField(label=_("Reason, told to its author"), choices=Reason.choices, widget=forms.RadioSelect({"class": "radio"}))
    sentence = forms.ChoiceField(
        label=_("A sentence to its author"),
        choices=lambda: [("", _("None")), *Sentence.choices],
        required=False,
        widget=forms.RadioSelect({"class": "radio"}),
    )
    sanction = forms.ChoiceField(label=_("Its author"), choices=_SANCTIONS, required=False, widget=forms.RadioSelect({"class": "radio"}))
    weeks = forms.TypedChoiceField(
        label=_("For how long, if suspended"),
        coerce=int,
        choices=[(1, _("a week")), (2, _("two weeks")), (4, _("four weeks")), (12, _("twelve weeks"))],
        initial=1,
        required=False,
        empty_value=None,
        widget=forms.Select({"class": "select"}),
    )

    def chosen(self) -> Judgement:
        """The judgement."""
        data = self.cleaned_data
        return Judgement(Decision.Action(data["action"]), Reason(data["reason"]), data["sanction"], data["weeks"] or 1, data["sentence"])


class MessageJudgementForm(JudgementForm):
    """Likewise of a private message, which nobody but two could see: there is nothing to hide."""

    action = forms.ChoiceField(
        label=_("The message"),
        choices=lambda: [choice for choice in Decision.Action.choices if choice[0] in {Decision.Action.KEEP, Decision.Action.REMOVE}],
        widget=forms.RadioSelect({"class": "radio"}),
    )
