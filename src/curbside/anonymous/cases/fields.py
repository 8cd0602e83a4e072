"""Fields for lists that a member writes one item a line."""

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from curbside.anonymous.cases.documents import LONGEST_LINE, MOST_LINES, Named
from curbside.anonymous.conditions.naming import conditions_meant
from curbside.anonymous.discussion.forms import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

_LONGEST: Final = (LONGEST_LINE + 1) * MOST_LINES


class LinesField(TextField):
    """A free list: one item a line, each once."""

    def __init__(self, *, label: "_StrPromise", rows: int = 3, help_text: "str | _StrPromise" = "", most: int = MOST_LINES) -> None:
        super().__init__(longest=_LONGEST, label=label, rows=rows, help_text=help_text)
        self.required = False
        self.most = most

    def validate(self, value: str) -> None:
        """Refuse too many lines, and too long ones."""
        super().validate(value)
        lines = lines_of(value)
        if len(lines) > self.most:
            raise ValidationError(_TOO_MANY % {"most": self.most})
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(_("A line has at most %(most)d characters.") % {"most": LONGEST_LINE})


_TOO_MANY = ngettext_lazy("At most %(most)d line fits.", "At most %(most)d lines fit.", "most")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, each once, in their order."""
    return tuple(dict.fromkeys(line for written in text.split("\n") if (line := " ".join(written.split()))))


def read_conditions(written: "Sequence[str]") -> tuple[Named, ...]:
    """Each text as the condition that it means, each condition once; as itself where it is a term of none. Two queries, or none."""
    meant = conditions_meant(written) if written else {}
    named = [Named(meant[text].label, meant[text].code) if text in meant else Named(text) for text in written]
    return tuple({one.code or one.label.casefold(): one for one in reversed(named)}.values())[::-1]


def as_lines(conditions: "Sequence[Named]") -> str:
    """Conditions as the field shows them again."""
    return "\n".join(str(named) for named in conditions)
