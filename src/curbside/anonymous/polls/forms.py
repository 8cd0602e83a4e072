"""The forms of a poll, of a poll inside a case, of a vote, and the filter of the lists."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.forms import TextField
from curbside.anonymous.guard.forms import GuardedForm
from curbside.anonymous.polls.actions import Asked
from curbside.anonymous.polls.documents import (
    FEWEST_OPTIONS,
    LONGEST_DETAILS,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    PollText,
)
from curbside.anonymous.polls.models import LONGEST_DAYS, Poll
from curbside.kit.clock import today
from curbside.kit.specialties import SPECIALTIES

_SELECT = {"class": "select w-full"}
_DATE = {"class": "input w-full", "type": "date"}
USUAL_DAYS = 14
SEVERAL = "several"


class OptionsField(TextField):
    """Options, one a line, each once."""

    def __init__(self) -> None:
        super().__init__(
            longest=(LONGEST_OPTION + 1) * MOST_OPTIONS, rows=5, label=_("Options"), help_text=_("One a line, from two to ten.")
        )

    def validate(self, value: str) -> None:
        """Refuse too few and too many, and too long ones."""
        super().validate(value)
        lines = options_in(value)
        if value and not FEWEST_OPTIONS <= len(lines) <= MOST_OPTIONS:
            raise ValidationError(_COUNT % {"count": len(lines)})
        if any(len(line) > LONGEST_OPTION for line in lines):
            raise ValidationError(_("A line has at most %(most)d characters.") % {"most": LONGEST_OPTION})


_COUNT = _("A poll has from two to ten different options, one a line. This has %(count)d.")


def options_in(text: str) -> tuple[str, ...]:
    """The lines that say something, each once, in their order."""
    return tuple(dict.fromkeys(line for written in text.split("\n") if (line := " ".join(written.split()))))


class AskForm(GuardedForm):
    """What every poll asks."""

    question = TextField(longest=LONGEST_QUESTION, label=_("Question"), help_text=_("One that the options answer."))
    options = OptionsField()
    choice = forms.ChoiceField(
        label=_("Answer with"),
        choices=[("one", _("one option")), (SEVERAL, _("as many options as fit"))],
        widget=forms.Select(_SELECT),
    )
    closes = forms.DateField(label=_("Last day for votes"), widget=forms.DateInput(_DATE, format="%Y-%m-%d"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes"].initial = today() + timedelta(days=USUAL_DAYS)

    def clean_closes(self) -> date | None:
        """A day from today on, within reach of the lists."""
        day: date | None = self.cleaned_data["closes"]
        if day is not None and not today() <= day <= today() + timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("Choose a day from today on and within %(days)d days.") % {"days": LONGEST_DAYS})
        return day

    def asked(self) -> Asked:
        """What is asked, of a valid form."""
        data = self.cleaned_data
        text = PollText(question=data["question"], options=options_in(data["options"]), details=data.get("details", ""))
        return Asked(text, multiple=data["choice"] == SEVERAL, last_day=data["closes"])


class PollForm(AskForm):
    """A poll by itself."""

    details = TextField(
        longest=LONGEST_DETAILS,
        rows=6,
        label=_("What one should know first"),
        help_text=_("Leave out what could tell who a patient is. Markdown works."),
    )
    specialty = forms.ChoiceField(
        label=_("Specialty"), choices=lambda: [("", _("Choose")), *SPECIALTIES.items()], widget=forms.Select(_SELECT)
    )
    language = forms.ChoiceField(label=_("Language of the poll"), choices=lambda: settings.LANGUAGES, widget=forms.Select(_SELECT))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["details"].required = False

    def place(self) -> dict[str, str]:
        """Where the poll belongs."""
        return {"specialty": self.cleaned_data["specialty"], "language": self.cleaned_data["language"]}


class CasePollForm(AskForm):
    """A poll that a case may hold: all of it or nothing. Its fields are named ``poll-…`` in the case's form."""

    prefix = "poll"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for part in self.fields.values():
            part.required = False

    def add_prefix(self, field_name: str) -> str:
        """The guard's answer is the case's: one question for all that is posted together."""
        return field_name if field_name == "guard_kept" else super().add_prefix(field_name)

    def clean(self) -> dict[str, object]:
        """Where one part is written, the others are needed."""
        if not self.wanted:
            return self.cleaned_data
        for part in ("question", "options", "closes"):
            if not self.cleaned_data.get(part) and part not in self.errors:
                self.add_error(part, _("A poll needs this. Leave its question and options empty to post without one."))
        return super().clean()

    @property
    def wanted(self) -> bool:
        """Whether a poll was written."""
        written = (self.data.get(self.add_prefix(part), "") for part in ("question", "options"))
        return any(str(words).strip() for words in written)


def written_in(poll: Poll, text: PollText) -> dict[str, object]:
    """What the form of a poll that stands shows."""
    return {
        "question": text.question,
        "details": text.details,
        "options": "\n".join(text.options),
        "choice": SEVERAL if poll.multiple else "one",
        "closes": poll.last_day.date(),
        "specialty": poll.specialty,
        "language": poll.language,
    }


class VoteForm(forms.Form):
    """What a member chooses, by the options' places."""

    wording = forms.CharField(max_length=16)
    option = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Choose an option.")})

    def __init__(self, *args: object, options: Sequence[str], multiple: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments, passed through
        self.multiple = multiple
        field = self.fields["option"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(enumerate(options))

    def clean_option(self) -> list[int]:
        """One place, or several where the poll allows it."""
        chosen: list[int] = sorted(set(self.cleaned_data["option"]))
        if len(chosen) > 1 and not self.multiple:
            raise ValidationError(_("Choose one option only."))
        return chosen


class FilterForm(forms.Form):
    """Which polls to list. What is not known counts as not said."""

    which = forms.ChoiceField(
        label=_("Polls"), required=False, choices=[("", _("Open")), ("closed", _("Closed"))], widget=forms.Select(_SELECT)
    )
    specialty = forms.ChoiceField(
        label=_("Specialty"),
        required=False,
        choices=lambda: [("", _("All specialties")), *SPECIALTIES.items()],
        widget=forms.Select(_SELECT),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("All languages")), *settings.LANGUAGES], widget=forms.Select(_SELECT)
    )

    def chosen(self) -> dict[str, str]:
        """Each empty for all."""
        self.is_valid()
        return {part: str(self.cleaned_data.get(part, "")) for part in ("which", "specialty", "language")}
