"""The form of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.differentials.pooling import LONGEST_LIST
from curbside.anonymous.cases.documents import Named
from curbside.anonymous.cases.fields import LinesField, lines_of, read_conditions


class ListForm(forms.Form):
    """Up to five diagnoses, the likeliest first."""

    diagnoses = LinesField(
        label=_("Your list, the likeliest first"),
        rows=5,
        most=LONGEST_LIST,
        help_text=_("Up to five diagnoses, one a line: in your words or as a code of ICD-10-CM. A term of a condition becomes its code."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="list-%s", **kwargs)  # type: ignore[arg-type, misc] # Django's own arguments, passed through
        self.fields["diagnoses"].required = True

    def named(self) -> tuple[Named, ...]:
        """The diagnoses of a valid form. Two queries."""
        return read_conditions(lines_of(str(self.cleaned_data["diagnoses"])))
