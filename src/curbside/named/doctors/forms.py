"""Forms of accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyNameForm(forms.Form):
    """What a doctor calls a passkey."""

    label = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )


class DeleteAccountForm(forms.Form):
    """The one tick before an account goes."""

    sure = forms.BooleanField(
        label=_("Delete my account. I know that this cannot be undone."),
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
        error_messages={"required": _("Tick the box if you want the account deleted.")},
    )
