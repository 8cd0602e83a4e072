"""The forms of a case and of a lesson, and the filter of the lists."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.documents import LONGEST_QUESTION, LONGEST_STORY, LONGEST_TITLE, CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.forms import TextField
from curbside.kit.specialties import SPECIALTIES

_SELECT = {"class": "select w-full"}


class CaseForm(forms.Form):
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

    def text(self, *, attribution: str = "") -> CaseText:
        """The words, to seal."""
        words = {part: str(self.cleaned_data[part]) for part in ("title", "story", "question")}
        return CaseText(**words, attribution=attribution)

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


FORMS = {Case.Kind.CASE: CaseForm, Case.Kind.LESSON: LessonForm}


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

    def chosen(self) -> dict[str, str]:
        """The specialty and the language, each empty for all."""
        self.is_valid()
        return {part: str(self.cleaned_data.get(part, "")) for part in ("specialty", "language")}
