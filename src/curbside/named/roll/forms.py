"""What the wallet's answer must look like."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curbside.credential.errors import NumberRefused
from curbside.credential.field import Commitment, parse_commitment


class CommitmentForm(forms.Form):
    """A commitment with its state, filled in by the page's script; ``replace`` once the doctor confirmed what it costs."""

    commitment = forms.CharField(max_length=78, widget=forms.HiddenInput)
    state = forms.CharField(max_length=32, widget=forms.HiddenInput)
    replace = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_commitment(self) -> Commitment:
        """The number in its one spelling."""
        try:
            return parse_commitment(self.cleaned_data["commitment"])
        except NumberRefused as error:
            raise ValidationError(_("This is not a commitment.")) from error
