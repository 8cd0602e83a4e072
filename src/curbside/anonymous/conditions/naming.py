"""From words that somebody wrote to the condition they mean, if they are a term of one. Two queries, however many words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.conditions.models import Condition, Term

_CODE_FIRST: Final = re.compile(r"\s*([A-Za-z][0-9][0-9A-Za-z](?:\.?[0-9A-Za-z]{1,4})?)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Meant:
    """A condition that was meant."""

    code: str
    label: str


def conditions_meant(written: Collection[str]) -> dict[str, Meant]:
    """For each text that begins with a code, or is a term as a whole in any language: its condition. Others are left out.

    A term that means a condition as a whole goes before one that a condition merely includes. Two queries.
    """
    codes = {text: _dotted(found[1]) for text in written if (found := _CODE_FIRST.match(text))}
    by_code = {condition.code: condition for condition in Condition.objects.filter(code__in=set(codes.values()))}
    spans = {text: "".join(f" {word}" for word in folded_words(text)) for text in written}
    by_term: dict[str, Condition] = {}
    terms = Term.objects.filter(folded__in={span for span in spans.values() if span}).select_related("condition")
    for term in terms.order_by("-same", "condition__code"):
        by_term.setdefault(term.folded, term.condition)
    meant = {text: by_code.get(codes.get(text, "")) or by_term.get(spans[text]) for text in written}
    return {text: Meant(condition.code, condition.label) for text, condition in meant.items() if condition}


def _dotted(code: str) -> str:
    plain = code.upper().replace(".", "")
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"  # noqa: PLR2004 - a category has three characters
