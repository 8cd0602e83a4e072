"""The form of a search. It is posted, so that what was typed stands in no address."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.models import Case
from curbside.anonymous.conditions.naming import conditions_meant
from curbside.anonymous.search.finding import Question
from curbside.anonymous.search.index import WITH_PICTURES
from curbside.anonymous.search.matching import Filters
from curbside.anonymous.search.sources import COMMENT, POLL
from curbside.kit.specialties import SPECIALTIES

_SELECT = {"class": "select w-full"}
_DATE = {"class": "input w-full", "type": "date"}
_LONGEST_POSTED = 2_000
_OTHER_KINDS = ((POLL, _("poll")), (COMMENT, _("comment")))


class SearchForm(forms.Form):
    """Words and what to narrow them to."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=_LONGEST_POSTED,
        widget=forms.TextInput({"class": "input w-full", "autocomplete": "off", "spellcheck": "false"}),
    )
    condition = forms.CharField(
        label=_("Condition, by any term"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "input w-full", "autocomplete": "off", "placeholder": "I21.9"}),
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
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=lambda: [("", _("Everything")), *((value, label) for value, label in Case.Kind.choices), *_OTHER_KINDS],
        widget=forms.Select(_SELECT),
    )
    stage = forms.ChoiceField(
        label=_("How far"), required=False, choices=lambda: [("", _("Open or not")), *Case.Stage.choices], widget=forms.Select(_SELECT)
    )
    pictures = forms.ChoiceField(
        label=_("Pictures"),
        required=False,
        choices=[("", _("With or without")), (WITH_PICTURES, _("With pictures"))],
        widget=forms.Select(_SELECT),
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(_DATE, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(_DATE, format="%Y-%m-%d"))

    def clean_condition(self) -> str:
        """The code of the condition, whichever of its terms was written. Two queries where one was."""
        written = str(self.cleaned_data["condition"]).strip()
        if not written:
            return ""
        meant = conditions_meant([written]).get(written)
        if meant is None:
            raise ValidationError(_("No condition is known by this code or term. Choose one from the list, or search for the words above."))
        return meant.code

    def question(self) -> Question:
        """What is asked, of a valid form."""
        data = self.cleaned_data
        chosen = {part: data[part] for part in ("specialty", "language", "kind", "since", "until", "stage")}
        return Question(data["q"], data["condition"], Filters(**chosen, pictures=bool(data["pictures"])))


def form_of(question: Question) -> SearchForm:
    """A form that shows the question."""
    filters = question.filters
    return SearchForm(
        initial={
            "q": question.typed,
            "condition": question.condition,
            "specialty": filters.specialty,
            "language": filters.language,
            "kind": filters.kind,
            "since": filters.since,
            "until": filters.until,
            "stage": filters.stage,
            "pictures": WITH_PICTURES if filters.pictures else "",
        }
    )
