"""What a member wants to hear, and when not to be called."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.notifications.kinds import Kind

_HOURS: Final = [("", _("none")), *((str(hour), f"{hour:02}:00 UTC") for hour in range(24))]

_SELECT: Final = {"class": "select"}


class ChoiceForm(forms.Form):
    """The kinds to hear of, and quiet hours."""

    kinds = forms.MultipleChoiceField(
        label=_("Tell me of"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple({"class": "checkbox"})
    )
    quiet_from = forms.ChoiceField(label=_("Quiet from"), choices=_HOURS, required=False, widget=forms.Select(_SELECT))
    quiet_until = forms.ChoiceField(label=_("Quiet until"), choices=_HOURS, required=False, widget=forms.Select(_SELECT))

    def clean(self) -> dict[str, object]:
        """Both hours or none, and not the same."""
        fields = super().clean() or self.cleaned_data
        begin, end = fields.get("quiet_from"), fields.get("quiet_until")
        if bool(begin) != bool(end):
            raise ValidationError(_("Choose both hours, or neither."))
        if begin and begin == end:
            raise ValidationError(_("Choose two different hours. To hear of no urgent cases at all, take their tick away."))
        return fields

    def off(self) -> set[Kind]:
        """The kinds not ticked."""
        return {kind for kind in Kind if kind.value not in self.cleaned_data["kinds"]}

    def quiet(self) -> tuple[int, int] | None:
        """The hours, if chosen."""
        begin, end = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return (int(begin), int(end)) if begin else None
