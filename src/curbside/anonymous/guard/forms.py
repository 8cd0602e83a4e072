"""The question before a text is published: a form that takes words inherits from GuardedForm, and shows ``guard_kept`` among its fields.

Where something found would be published, the form is invalid once, names it on the page that only its author sees, and keeps all that was
typed. The author's answer is a list of tokens in the form; what is kept of it is at most that there was one (``decided``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from curbside.anonymous.guard.finding import Finding, findings_in
from curbside.anonymous.guard.kinds import in_words

KEEP_ALL: Final = "all"
"""In place of tokens, where a script asked before."""
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True, repr=False)
class Open:
    """Something found that would be published, once for all of its mentions."""

    quotes: tuple[str, ...]
    kind: str
    replacement: str


class KeptInput(forms.HiddenInput):
    """The tokens of what is kept and, where there is a question, the question."""

    template_name = "guard/_question.html"

    def __init__(self) -> None:
        super().__init__()
        self.question: tuple[Open, ...] = ()
        self.answer = ""

    def get_context(self, field: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """With the question."""
        return {**super().get_context(field, value, attrs), "question": self.question, "answer": self.answer}

    def value_from_datadict(self, data: Mapping[str, object], files: object, field: str) -> str:
        """All tokens: those a script put in, and those of the ticked answer."""
        del files
        values = data.getlist(field) if isinstance(data, MultiValueDict) else [data.get(field, "")]
        return " ".join(str(value) for value in values)


class GuardedForm(forms.Form):
    """A form whose words are searched before they are published."""

    guard_kept = forms.CharField(required=False, max_length=_LONGEST, widget=KeptInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments, passed through
        self.fields["guard_kept"] = self.fields.pop("guard_kept")
        self.decided = False

    def clean(self) -> dict[str, object]:
        """Ask, where something was found that its author did not keep. A preview publishes nothing and asks nothing."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and "preview" not in self.data:
            self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned: Mapping[str, object]) -> None:
        blocking = [finding for finding in findings_in(self._words(cleaned), language=str(cleaned.get("language", ""))) if finding.blocks]
        kept = set(str(cleaned.get("guard_kept", "")).split())
        waiting = [finding for finding in blocking if finding.token not in kept] if KEEP_ALL not in kept else []
        self.decided = bool(blocking) and not waiting
        if not waiting:
            return
        widget = self.fields["guard_kept"].widget
        if isinstance(widget, KeptInput):
            widget.question, widget.answer = _open(waiting), " ".join(sorted({finding.token for finding in waiting}))
        self.add_error(None, _("Nothing is posted yet: something in it could tell who a patient is."))

    def _words(self, cleaned: Mapping[str, object]) -> dict[str, str]:
        written = [part for part, field in self.fields.items() if isinstance(field, forms.CharField) and part != "guard_kept"]
        return {part: value for part in written if isinstance(value := cleaned.get(part), str)}


def _open(findings: list[Finding]) -> tuple[Open, ...]:
    groups: dict[int, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.span.group, []).append(finding)
    return tuple(
        Open(tuple(dict.fromkeys(one.quote for one in group)), in_words(group[0].span.type), group[0].span.replacement)
        for group in groups.values()
    )
