"""What may be put on a shelf by a form, each kind as it must look, and the note on a member."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.conditions.naming import conditions_meant
from curbside.anonymous.shelf.documents import LONGEST_NOTE, LONGEST_WORD, OF_MEMBERS, Kind
from curbside.kit.countries import country_codes
from curbside.kit.ids import PublicId
from curbside.kit.specialties import SPECIALTIES

LONGEST_VALUE: Final = 200
_LETTERS: Final = 13
PUT_BY_FORM: Final = [kind for kind in Kind if kind not in OF_MEMBERS]
"""Members are put there from their own page, by pseudonym."""


class TakeForm(forms.Form):
    """Something to take away: whatever it is, it may lie there from before."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in Kind])
    value = forms.CharField(max_length=LONGEST_VALUE)


class PutForm(forms.Form):
    """Something to put there."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in PUT_BY_FORM])
    value = forms.CharField(
        label=_("Word"), max_length=LONGEST_VALUE, widget=forms.TextInput({"class": "input w-full", "autocomplete": "off"})
    )

    def clean(self) -> dict[str, object]:
        """Refuse what no page offers."""
        fields = super().clean() or self.cleaned_data
        kind, value = str(fields.get("kind", "")), str(fields.get("value", ""))
        if kind and value:
            fields["value"] = _known(Kind(kind), value)
        return fields


def _known(kind: Kind, value: str) -> str:
    """The value as it lies on shelves: a muted word folded, a condition by its code."""
    if kind is Kind.WORD:
        return _word(value)
    if kind is Kind.CONDITION:
        meant = conditions_meant([value]).get(value)
        if meant is None:
            raise ValidationError(_("No condition is known by that word. Choose one of those offered while you type."))
        return meant.code
    known = value in SPECIALTIES if kind is Kind.HUB else value in country_codes() if kind is Kind.COUNTRY else _is_id(value)
    if not known:
        raise ValidationError(_("There is nothing of this kind. Reload the page and try again."))
    return value


def _word(value: str) -> str:
    word = " ".join(value.split()).casefold()
    if len(word) > LONGEST_WORD:
        raise ValidationError(_("At most %(longest)d characters fit.") % {"longest": LONGEST_WORD})
    return word


def _is_id(value: str) -> bool:
    try:
        PublicId().to_python(value)
    except ValueError:
        return False
    return len(value) == _LETTERS


class NoteForm(forms.Form):
    """Words on a member for oneself, and what they were when the form was opened."""

    words = forms.CharField(
        label=_("Your note"),
        help_text=_("Only you see it. It lies sealed with what else is on your shelf."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"class": "textarea w-full", "rows": 4, "data-longest": LONGEST_NOTE}),
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean_words(self) -> str:
        """As the note is kept."""
        return _lines(self.cleaned_data["words"])

    def clean_before(self) -> str:
        """Likewise."""
        return _lines(self.cleaned_data["before"])


def _lines(text: object) -> str:
    return str(text).replace("\r\n", "\n").strip()
