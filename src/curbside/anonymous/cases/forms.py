"""The forms of a case and of a lesson, and the filter of the lists."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.choices import Age, Asks, Sex, Urgency
from curbside.anonymous.cases.documents import (
    LONGEST_INTERESTS,
    LONGEST_LINE,
    LONGEST_OUTCOME,
    LONGEST_QUESTION,
    LONGEST_STORY,
    LONGEST_TITLE,
    CaseText,
    Facts,
    Outcome,
)
from curbside.anonymous.cases.fields import LinesField, as_lines, lines_of, read_conditions
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.forms import TextField
from curbside.anonymous.guard.forms import GuardedForm
from curbside.kit.specialties import SPECIALTIES

_SELECT = {"class": "select w-full"}


class CaseForm(GuardedForm):
    """What a member writes to put a case."""

    specialty = forms.ChoiceField(
        label=_("Specialty"), choices=lambda: [("", _("Choose")), *SPECIALTIES.items()], widget=forms.Select(_SELECT)
    )
    language = forms.ChoiceField(label=_("Language of the case"), choices=lambda: settings.LANGUAGES, widget=forms.Select(_SELECT))
    title = TextField(
        longest=LONGEST_TITLE,
        label=_("Title"),
        help_text=_("One line that tells a colleague whether they can help. No name, place or date."),
    )
    story = TextField(
        longest=LONGEST_STORY,
        rows=14,
        label=_("Story"),
        help_text=_(
            "Age band and sex, course, medicines, findings, what was tried. Leave out what could tell who the patient is. Markdown works."
        ),
    )
    question = TextField(
        longest=LONGEST_QUESTION,
        rows=3,
        label=_("Question"),
        help_text=_("What you want to know. One question gets better answers than three."),
    )

    asks = forms.ChoiceField(
        label=_("It asks"),
        required=False,
        choices=Asks.choices,
        widget=forms.Select(_SELECT),
    )
    urgency = forms.ChoiceField(label=_("An answer helps"), required=False, choices=Urgency.choices, widget=forms.Select(_SELECT))
    age = forms.ChoiceField(
        label=_("Age of the patient"), required=False, choices=lambda: [("", _("Unsaid")), *Age.choices], widget=forms.Select(_SELECT)
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=lambda: [("", _("Unsaid")), *Sex.choices], widget=forms.Select(_SELECT))
    conditions = LinesField(
        label=_("Conditions"),
        help_text=_("One a line, in your words or as a code of ICD-10-CM. A term of a condition in any language is shown with its code."),
    )
    medicines = LinesField(label=_("Medicines"), help_text=_("One a line, with the dose where it matters."))
    tests = LinesField(label=_("Tests"), help_text=_("One a line, with the result."))
    interests = TextField(
        longest=LONGEST_INTERESTS,
        label=_("Commercial interests"),
        help_text=_("Pay, shares or gifts from who makes or sells what you write of. Shown on the post; empty is shown as “none”."),
    )

    outcome_diagnosis = TextField(
        longest=LONGEST_LINE,
        label=_("Diagnosis"),
        help_text=_("In your words or as a code of ICD-10-CM; a term of a condition in any language is shown with its code."),
    )
    outcome_words = TextField(
        longest=LONGEST_OUTCOME,
        rows=5,
        label=_("What happened"),
        help_text=_("Readers say what they think it is before they turn the page to this."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for part in {"interests", "outcome_diagnosis", "outcome_words"} & self.fields.keys():
            self.fields[part].required = False

    def clean(self) -> dict[str, object]:
        """A diagnosis alone tells no story."""
        data = super().clean()
        if data.get("outcome_diagnosis") and not data.get("outcome_words") and "outcome_words" not in self.errors:
            self.add_error("outcome_words", _("Say what happened as well, or leave both empty."))
        return data

    def outcome(self) -> Outcome | None:
        """What happened, of a finished study; None of a case that asks. Two queries where a diagnosis is given."""
        words = str(self.cleaned_data.get("outcome_words", ""))
        return read_outcome(str(self.cleaned_data.get("outcome_diagnosis", "")), words) if words else None

    def text(self) -> CaseText:
        """The words, to seal."""
        title, story, question = (str(self.cleaned_data[part]) for part in ("title", "story", "question"))
        return CaseText(title, story, question, facts=self.facts(), outcome=self.outcome(), decided=self.decided)

    def facts(self) -> Facts:
        """What is told beside the story. Two queries where conditions are named."""
        data = self.cleaned_data
        return Facts(
            **{part: str(data.get(part, "")) for part in ("age", "sex", "urgency", "asks", "interests")},
            conditions=read_conditions(lines_of(data.get("conditions", ""))),
            medicines=lines_of(data.get("medicines", "")),
            tests=lines_of(data.get("tests", "")),
        )

    def place(self) -> dict[str, str]:
        """Where the case belongs."""
        return {"specialty": self.cleaned_data["specialty"], "language": self.cleaned_data["language"]}


class LessonForm(CaseForm):
    """What a member writes to tell a lesson."""

    language = forms.ChoiceField(label=_("Language of the lesson"), choices=lambda: settings.LANGUAGES, widget=forms.Select(_SELECT))
    title = TextField(longest=LONGEST_TITLE, label=_("Title"), help_text=_("One line that says what it is about. No name, place or date."))
    story = TextField(
        longest=LONGEST_STORY,
        rows=12,
        label=_("What happened"),
        help_text=_("In its order, as you saw it then. Leave out what could tell who you or the patient are. Markdown works."),
    )
    question = TextField(
        longest=LONGEST_QUESTION,
        rows=4,
        label=_("What I would do now"),
        help_text=_("The part that others take with them."),
    )
    asks = None  # type: ignore[assignment] # a lesson asks nothing: Django takes a field away so
    urgency = None  # type: ignore[assignment] # likewise
    outcome_diagnosis = None  # type: ignore[assignment] # likewise
    outcome_words = None  # type: ignore[assignment] # likewise


class LoungeForm(CaseForm):
    """What a member writes to begin a thread in the lounge: a title and a text."""

    language = forms.ChoiceField(label=_("Language of the thread"), choices=lambda: settings.LANGUAGES, widget=forms.Select(_SELECT))
    title = TextField(longest=LONGEST_TITLE, label=_("Title"))
    story = TextField(longest=LONGEST_STORY, rows=10, label=_("Text"), help_text=_("No patients here: those are cases. Markdown works."))
    specialty = None  # type: ignore[assignment] # Django takes fields away so
    question = None  # type: ignore[assignment] # likewise
    asks = None  # type: ignore[assignment] # likewise
    urgency = None  # type: ignore[assignment] # likewise
    age = None  # type: ignore[assignment] # likewise
    sex = None  # type: ignore[assignment] # likewise
    conditions = None  # type: ignore[assignment] # likewise
    medicines = None  # type: ignore[assignment] # likewise
    tests = None  # type: ignore[assignment] # likewise

    def text(self) -> CaseText:
        """The words, to seal."""
        title, story = (str(self.cleaned_data[part]) for part in ("title", "story"))
        return CaseText(title, story, "", facts=Facts(interests=str(self.cleaned_data["interests"])), decided=self.decided)

    def place(self) -> dict[str, str]:
        """Of no specialty."""
        return {"specialty": "", "language": str(self.cleaned_data["language"])}


def written_in(text: CaseText) -> dict[str, object]:
    """What the form of a text that stands shows."""
    facts = text.facts
    return {
        **{part: getattr(text, part) for part in ("title", "story", "question")},
        **{part: getattr(facts, part) for part in ("age", "sex", "urgency", "asks")},
        "interests": facts.interests or "",
        "conditions": as_lines(facts.conditions),
        "medicines": "\n".join(facts.medicines),
        "tests": "\n".join(facts.tests),
    }


FORMS = {Case.Kind.CASE: CaseForm, Case.Kind.LESSON: LessonForm, Case.Kind.LOUNGE: LoungeForm}


class OutcomeForm(GuardedForm):
    """What happened."""

    diagnosis = TextField(
        longest=LONGEST_LINE,
        label=_("Diagnosis"),
        help_text=_("In your words or as a code of ICD-10-CM; a term of a condition in any language is shown with its code."),
    )
    words = TextField(
        longest=LONGEST_OUTCOME,
        rows=6,
        label=_("What happened"),
        help_text=_(
            "What was done, what it turned out to be, and how the patient is. Leave out what could tell who that is. Markdown works."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["diagnosis"].required = False

    def outcome(self) -> Outcome:
        """To seal, of a valid form. Two queries where a diagnosis is given."""
        return read_outcome(str(self.cleaned_data["diagnosis"]), str(self.cleaned_data["words"]))


def read_outcome(diagnosis: str, words: str) -> Outcome:
    """With the condition that the diagnosis means, if one is given and it means one."""
    named = read_conditions([diagnosis]) if diagnosis else ()
    return Outcome(named[0] if named else None, words)


class FilterForm(forms.Form):
    """Which cases or lessons to list. What is not known counts as not said."""

    specialty = forms.ChoiceField(
        label=_("Specialty"),
        required=False,
        choices=lambda: [("", _("All specialties")), *SPECIALTIES.items()],
        widget=forms.Select(_SELECT),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("All languages")), *settings.LANGUAGES], widget=forms.Select(_SELECT)
    )

    stage = forms.ChoiceField(
        label=_("How far"),
        required=False,
        choices=lambda: [("", _("Open or not")), *Case.Stage.choices],
        widget=forms.Select(_SELECT),
    )

    def __init__(self, *args: object, kind: Case.Kind = Case.Kind.CASE, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments, passed through
        if kind is Case.Kind.LESSON:
            del self.fields["stage"]

    def chosen(self) -> dict[str, str]:
        """The specialty, the language and the stage, each empty for all."""
        self.is_valid()
        return {part: str(self.cleaned_data.get(part, "")) for part in ("specialty", "language", "stage")}
