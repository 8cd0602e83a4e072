"""The one form of moderation: why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.reasons import Reason


class ReasonForm(forms.Form):
    """A reason, which stands where the text stood."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices, widget=forms.RadioSelect({"class": "radio"}))

    def chosen(self) -> Reason:
        """The reason."""
        return Reason(self.cleaned_data["reason"])
