"""Forms of applicants and registrars. They check shapes; registers are asked by the views, within limits."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.formats import NumberRefused
from curbside.named.verification import evidence
from curbside.named.verification.institutions import institution_of


def _registers() -> list[tuple[str, Promise]]:
    return [(name, register.label) for name, register in REGISTERS.items()]


class ApplicationForm(forms.Form):
    """The licence a doctor claims, with the name on it."""

    register = forms.ChoiceField(label=_("Register"), choices=_registers, widget=forms.Select(attrs={"class": "select"}))
    number = forms.CharField(
        label=_("Licence number"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )
    given_names = forms.CharField(
        label=_("Given names"), max_length=120, widget=forms.TextInput(attrs={"class": "input", "autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=120,
        help_text=_("Names as the register has them. Letter case, accents and initials do not matter."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "family-name"}),
    )

    def clean(self) -> dict[str, object]:
        """Check the number by its register's rule, and keep it in its one spelling."""
        fields: dict[str, object] = super().clean() or {}
        register, number = fields.get("register"), fields.get("number")
        if isinstance(register, str) and isinstance(number, str):
            try:
                fields["number"] = REGISTERS[register].check_number(number)
            except NumberRefused as refusal:
                self.add_error("number", str(refusal.sentence))
        return fields


class DocumentForm(forms.Form):
    """A document that shows that the licence is the applicant's."""

    document = forms.FileField(
        label=_("Document"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB."),
        widget=forms.FileInput(attrs={"class": "file-input w-full", "accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose a file of up to 10 MB. A larger one does not reach us."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    content: bytes = b""
    media_type: str = ""

    def clean_document(self) -> "UploadedFile[bytes]":
        """Judge the content by its own marks, not by what the browser calls it."""
        upload: UploadedFile[bytes] = self.cleaned_data["document"]
        if (upload.size or 0) > evidence.LARGEST_DOCUMENT:
            sentence = _("This file has %(size)s; 10 MB is the most. Photograph the document again at a lower resolution.")
            raise forms.ValidationError(sentence % {"size": filesizeformat(upload.size or 0)})
        self.content = upload.read()
        self.media_type = evidence.media_type_of(self.content) or ""
        if not self.media_type:
            raise forms.ValidationError(_("This is no complete PDF, JPEG or PNG file. Choose another one."))
        return upload


class AddressForm(forms.Form):
    """An address at an institution on the operator's list."""

    address = forms.EmailField(
        label=_("Your address at the institution"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )

    def clean_address(self) -> str:
        """Only addresses at a listed institution."""
        address: str = self.cleaned_data["address"]
        if institution_of(address, settings.INSTITUTION_DOMAINS) is None:
            raise forms.ValidationError(_("That address is not at an institution on our list. Show control in another way."))
        return address


class CodeForm(forms.Form):
    """The code from the message."""

    code = forms.RegexField(
        r"^[0-9]{8}$",
        label=_("Code from the message"),
        error_messages={"invalid": _("The code has eight digits.")},
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AnswerForm(forms.Form):
    """An applicant's answer to a registrar."""

    answer = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"class": "textarea w-full", "rows": 4}))


class VouchForm(forms.Form):
    """A colleague's word."""

    known = forms.BooleanField(
        label=_("I know this person myself, and I know that they practise under this licence."),
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
        error_messages={"required": _("Tick the box only if it is so. If it is not, close this page.")},
    )


class AcceptForm(forms.Form):
    """A registrar's acceptance."""

    move = forms.BooleanField(
        label=_("Move the licence here from the other account. I am sure that both are the same person."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
    )


class OtherPersonForm(forms.Form):
    """A registrar's word that two doctors of one name are two."""

    other_person = forms.BooleanField(
        label=_("The doctors of this name who are verified with another licence are other persons. I have compared."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
    )


class ReasonForm(forms.Form):
    """A reason that the applicant reads: a usual sentence, words of one's own, or both."""

    usual_reasons: ClassVar[list[Promise]] = []

    usual = forms.ChoiceField(label=_("Usual reason"), required=False, widget=forms.Select(attrs={"class": "select w-full"}))
    words = forms.CharField(
        label=_("In your own words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"class": "textarea w-full", "rows": 3})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's options, passed through
        usual = [(str(number), sentence) for number, sentence in enumerate(self.usual_reasons)]
        self.fields["usual"].choices = [("", _("None of these")), *usual]  # type: ignore[attr-defined] # a ChoiceField, above

    def clean(self) -> dict[str, object]:
        """At least one of both."""
        fields: dict[str, object] = super().clean() or {}
        if not fields.get("usual") and not fields.get("words"):
            raise forms.ValidationError(_("Give a reason: the applicant reads it."))
        return fields

    def reason(self) -> str:
        """The sentences as the applicant reads them."""
        usual = self.cleaned_data["usual"]
        return " ".join(part for part in (str(self.usual_reasons[int(usual)]) if usual else "", self.cleaned_data["words"]) if part)


class RefuseForm(ReasonForm):
    """Why an application is refused."""

    usual_reasons: ClassVar[list[Promise]] = [
        _("The document does not show the name on the register."),
        _("The document shows no photograph, or is not an official one."),
        _("You are verified with another licence already, and one doctor is one member. Use the account of that licence."),
        _("The document cannot be read. Apply again with a sharper picture."),
        _("The document has expired. Apply again with a valid one."),
        _("Somebody else showed control of this licence. If it is yours, write to the registrars."),
    ]


class AskForm(ReasonForm):
    """What a registrar asks for."""

    usual_reasons: ClassVar[list[Promise]] = [
        _("Upload an official identity document with a photograph, please."),
        _("The picture cannot be read. Upload a sharper one, please."),
        _("Your name differs from the register's. Upload a document that shows the change, please."),
        _("Another account holds this licence. Did you sign up before, and lose your passkey?"),
    ]


class EndForm(ReasonForm):
    """Why a licence ends."""

    usual_reasons: ClassVar[list[Promise]] = [
        _("The register no longer lists this licence as in force."),
        _("The doctor asked for it."),
        _("It was verified by mistake."),
    ]
    sure = forms.BooleanField(
        label=_("End this licence. The next edition of the roll leaves it out."),
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
        error_messages={"required": _("Tick the box to end the licence.")},
    )
