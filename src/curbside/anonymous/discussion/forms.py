"""Forms of comments, and the field that every text of a member comes through."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from curbside.anonymous.discussion.documents import LONGEST_COMMENT, LONGEST_WARNING, CommentText
from curbside.anonymous.discussion.evidence import EvidenceField
from curbside.anonymous.discussion.mentions import without_mentions
from curbside.anonymous.guard.forms import GuardedForm
from curbside.kit.ids import PublicId

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters, and those that turn the direction of what follows: they make a text read other than it is."""


class TextField(forms.CharField):
    """Words of a member: characters that deceive the eye are left out, and too long a text is answered with both lengths."""

    def __init__(self, *, longest: int, label: "_StrPromise", rows: int | None = None, help_text: "str | _StrPromise" = "") -> None:
        shape = {"class": "textarea w-full", "rows": rows} if rows else {"class": "input w-full"}
        attributes = {**shape, "data-longest": longest}
        widget = forms.Textarea(attributes) if rows else forms.TextInput(attributes)
        super().__init__(label=label, help_text=help_text, widget=widget)
        self.longest = longest
        self.one_line = rows is None

    def to_python(self, value: object) -> str:
        """Clean line ends and unseen characters."""
        text = _UNSEEN.sub("", str(value or "").replace("\r\n", "\n").replace("\r", "\n"))
        return " ".join(text.split()) if self.one_line else text.strip()

    def validate(self, value: str) -> None:
        """Refuse what is too long, saying how long it is."""
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(_TOO_LONG % {"length": len(value), "longest": self.longest, "over": len(value) - self.longest})


_TOO_LONG = ngettext_lazy(
    "This is %(length)d characters long; at most %(longest)d fit. Shorten it by %(over)d character.",
    "This is %(length)d characters long; at most %(longest)d fit. Shorten it by %(over)d characters.",
    "over",
)


class SourcedForm(GuardedForm):
    """What an answer or an objection rests on."""

    evidence = EvidenceField()
    experience = forms.BooleanField(
        required=False, label=_("From my own experience"), widget=forms.CheckboxInput({"class": "checkbox"})
    )
    field_order = ("body", "evidence", "experience")

    def _words(self, cleaned: Mapping[str, object]) -> dict[str, str]:
        """For the guard: a member who is mentioned is no account elsewhere."""
        words = super()._words(cleaned)
        return words | {"body": without_mentions(words["body"])} if "body" in words else words

    def text(self) -> CommentText:
        """All of it, to seal."""
        fields = self.cleaned_data
        return CommentText(fields["body"], decided=self.decided, sources=fields["evidence"], experience=fields["experience"])


class WarningForm(SourcedForm):
    """Why an answer could do harm."""

    body = TextField(
        longest=LONGEST_WARNING,
        rows=5,
        label=_("What could go wrong, and in whom"),
        help_text=_("It stands beside the answer under your pseudonym, and everyone can reply. Moderators see it too."),
    )


class CommentForm(SourcedForm):
    """A comment's words, and the comment it replies to."""

    body = TextField(longest=LONGEST_COMMENT, rows=5, label=_("Your comment"))
    parent = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_parent(self) -> int | None:
        """The id of the comment replied to, or none."""
        letters = str(self.cleaned_data["parent"])
        if not letters:
            return None
        try:
            return PublicId().to_python(letters)
        except ValueError:
            raise ValidationError(_("The comment you reply to does not exist.")) from None


def written_in(text: CommentText) -> dict[str, object]:
    """A comment as its form takes it."""
    return {"body": text.body, "evidence": " ".join(map(str, text.sources)), "experience": text.experience}
