"""The form of how one reads."""

from django import forms
from django.utils.translation import gettext_lazy as _

_RADIO = {"class": "radio"}


class ComfortForm(forms.Form):
    """One field for each choice."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[("system", _("As this device is set")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect(_RADIO),
    )
    text = forms.ChoiceField(
        label=_("Size of text"),
        choices=[("usual", _("Usual")), ("large", _("Large")), ("larger", _("Larger"))],
        widget=forms.RadioSelect(_RADIO),
    )
    keys = forms.ChoiceField(
        label=_("Keyboard shortcuts"),
        help_text=_("Single keys such as “j” for the next. None of them acts while you type. The key “?” shows them all."),
        choices=[("on", _("On")), ("off", _("Off"))],
        widget=forms.RadioSelect(_RADIO),
    )
    marks = forms.ChoiceField(
        label=_("Marks on what is new"),
        help_text=_(
            "This browser remembers which comments it has shown you, as scrambled numbers, until you sign out. "
            "The server keeps no record of it."
        ),
        choices=[("on", _("On")), ("off", _("Off"))],
        widget=forms.RadioSelect(_RADIO),
    )
