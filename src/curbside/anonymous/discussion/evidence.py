"""What an answer rests on: articles by PMID or DOI. Only their form is checked; no request is made for them, here or by a reader's page."""

import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote, unquote

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_SOURCES: Final = 5
LONGEST_TYPED: Final = 1_000
_LONGEST_DOI: Final = 200
_PMID: Final = re.compile(r"[1-9][0-9]{0,7}")
_DOI: Final = re.compile(r"10\.[0-9]{4,9}/[-._;()/:a-z0-9]+")
_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:(?:dx\.)?doi\.org|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/", re.IGNORECASE
)
_PREFIX: Final = re.compile(r"\b(?:pmid|doi)\s*:\s*|\bpmid\s+(?=[0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """An article: ``pmid`` or ``doi``, and its number or name."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def label(self) -> str:
        """As readers know it."""
        return f"PMID {self.value}" if self.kind == "pmid" else f"doi:{self.value}"

    @property
    def address(self) -> str:
        """Where it can be read of."""
        if self.kind == "pmid":
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.value}/"
        return f"https://doi.org/{quote(self.value, safe='/')}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """From what somebody typed or pasted, or from a sealed document; None for anything else."""
        bare = _PREFIX.sub("", text.strip())
        of_address = _ADDRESS.match(bare)
        bare = unquote(bare[of_address.end() :].partition("?")[0].partition("#")[0]) if of_address else bare
        doi = bare.lower().rstrip(".")
        if len(doi) <= _LONGEST_DOI and _DOI.fullmatch(doi):
            return cls("doi", doi)
        pmid = bare.rstrip("/")
        return cls("pmid", pmid) if _PMID.fullmatch(pmid) else None


class EvidenceField(forms.Field):
    """Articles, with blanks or commas between. No field of words: the guard would take their numbers for a patient's."""

    def __init__(self) -> None:
        widget = forms.TextInput({"class": "input w-full", "autocomplete": "off", "maxlength": LONGEST_TYPED})
        help_text = _("PMID or DOI, or its address. Nothing is fetched; readers get a link.")
        super().__init__(required=False, label=_("What it rests on"), help_text=help_text, widget=widget)

    def clean(self, value: object) -> tuple[Source, ...]:
        """The sources, each once; raises ValidationError that names what is neither."""
        typed = str(value or "")[: LONGEST_TYPED + 1]
        found: dict[Source, None] = {}
        for part in re.split(r"[\s,]+", _PREFIX.sub("", typed).strip()):
            source = Source.read(part)
            if part and source is None:
                raise ValidationError(_("“%(part)s” is neither a PMID nor a DOI.") % {"part": part[:80]})
            found |= {source: None} if source else {}
        if len(found) > MOST_SOURCES or len(typed) > LONGEST_TYPED:
            raise ValidationError(_("At most %(most)d articles fit. Choose the best.") % {"most": MOST_SOURCES})
        return tuple(found)
