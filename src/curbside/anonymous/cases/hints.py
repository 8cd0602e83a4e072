"""What readers will miss in a case: topics, and how the words begin by which one sees that something is said of them.

A reminder for who writes, in the browser while typing (frontend/pages/case-hints.ts, the same comparison) and in the preview. It blocks
nothing. Beginnings are of the five languages, without accents, as conditions.folding compares.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.conditions.folding import folded_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that readers ask for."""

    sentence: "_StrPromise"
    beginnings: tuple[str, ...]
    field: str = ""
    """The field that tells it, if there is one."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_COURSE: Final = Topic(
    _("the course: since when, and how it changed"),
    _words(
        "since ago hour day week month year onset hace desde dia semana "
        "mes depuis jour semaine mois seit tag woche monat giorn settiman mesi"
    ),
)
_MEDICINES: Final = Topic(
    _("medicines, or that there are none"),
    _words("medic drug mg tablet dose farmac dosis comprim trait dosi arznei behandel tratam"),
    "medicines",
)
_ALLERGIES: Final = Topic(_("allergies, or that none are known"), _words("allerg alerg intoleran nkda"))
_FINDINGS: Final = Topic(
    _("findings: examination, tests, images"),
    _words(
        "exam finding test lab ecg ct mri xray ultrasound biops expl analit radiog ecograf imag befund untersuch labor esame blood pulse"
    ),
    "tests",
)
_TRIED: Final = Topic(
    _("what was tried, and what it did"),
    _words("tried gave given start stop treat respon improv trat prob mejor essay donn behandel gegeben versuch prov migli"),
)
_EVERYWHERE: Final = (_COURSE, _MEDICINES, _ALLERGIES, _FINDINGS, _TRIED)

_PREGNANCY: Final = Topic(
    _("whether she is pregnant, and in which week"), _words("pregnan gestation gravid embaraz encein grossesse schwanger incint trimest")
)
_WEIGHT: Final = Topic(_("weight, and growth"), _words("kg weigh weight grow centil percentil peso poids gewicht wachst croiss crec"))
_VACCINES: Final = Topic(_("vaccinations"), _words("vaccin vacun impf immunis immuniz"))
_RISK: Final = Topic(_("risk to self or others"), _words("suicid risk self harm riesgo risque risiko rischio"))
_KIDNEYS: Final = Topic(_("kidney function"), _words("creatin egfr gfr renal kidney nier rein ren"))
_TRAVEL: Final = Topic(_("travel and contacts"), _words("travel trip contact viaj contact voyag reise kontakt viagg"))
_SIGHT: Final = Topic(_("sight of each eye"), _words("acuit vision visus sight agudeza acuite sehsch"))
_SKIN: Final = Topic(
    _("where on the body, and what it looks like"),
    _words("arm leg trunk face back hand foot papul plaqu macul vesic tronco cara visage gesicht stamm viso"),
)
_STAGE: Final = Topic(_("stage and histology"), _words("stage tnm histolog metasta estad stade stadi"))
_IMMUNITY: Final = Topic(_("immune state"), _words("immun inmun hiv vih transplant chemother"))

_BY_SPECIALTY: Final[dict[str, tuple[Topic, ...]]] = {
    "cardiology": (_KIDNEYS,),
    "dermatology": (_SKIN,),
    "emergency-medicine": (_PREGNANCY,),
    "infectious-diseases": (_TRAVEL, _VACCINES, _IMMUNITY),
    "intensive-care": (_KIDNEYS,),
    "internal-medicine": (_KIDNEYS,),
    "nephrology": (_KIDNEYS,),
    "obstetrics-gynaecology": (_PREGNANCY,),
    "oncology": (_STAGE, _KIDNEYS),
    "ophthalmology": (_SIGHT,),
    "paediatrics": (_WEIGHT, _VACCINES),
    "pharmacology": (_KIDNEYS, _WEIGHT),
    "psychiatry": (_RISK,),
    "child-psychiatry": (_RISK,),
    "rheumatology": (_KIDNEYS,),
}


def missing_in(text: CaseText, *, specialty: str) -> list[str]:
    """What a reader of this specialty will miss, in the writer's language."""
    words = folded_words(f"{text.title} {text.story} {text.question}")
    return [str(topic.sentence) for topic in (*_EVERYWHERE, *_BY_SPECIALTY.get(specialty, ())) if not _is_told(topic, words, text)]


def hints_of(kind: Case.Kind) -> str:
    """The table as JSON for the composer's script; empty for a lesson, which is a telling and not a question."""
    if kind is Case.Kind.LESSON:
        return ""
    everywhere = [_as_json(topic) for topic in _EVERYWHERE]
    return json.dumps({"": everywhere, **{slug: [_as_json(topic) for topic in topics] for slug, topics in _BY_SPECIALTY.items()}})


def _is_told(topic: Topic, words: list[str], text: CaseText) -> bool:
    if topic.field and getattr(text.facts, topic.field):
        return True
    return any(word.startswith(topic.beginnings) for word in words)


def _as_json(topic: Topic) -> dict[str, object]:
    return {"say": str(topic.sentence), "begin": topic.beginnings, "field": topic.field}
