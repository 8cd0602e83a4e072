"""What looks like a name and is none: eponyms, scores, signs, guideline bodies, medicines, departments."""

from __future__ import annotations

import re
from typing import Final

from curbside.deid.lexicons import COUNTRY, EPONYM, FIRST, LAST, MEDICAL, PLACE, SAFE, lists
from curbside.deid.span import Found

_TITLE: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sister|nurse|sir|dame|don|doña|sra?|dra|mme|mlle|madame|monsieur|m|herr|frau|doctor|docteur)\b\.?\s{0,2}(?:med\.\s)?)$",
    re.IGNORECASE,
)
_THING: Final = re.compile(
    r"(?:'s|'|s')?[\s-]{0,2}(?:[a-zé-]{2,15} )?(?:disease|syndrome|sign|test|score|scale|criteria|classification|stage|grade|lymphoma|sarcoma|tumou?r|cyst|palsy|ataxia|dystrophy|reflex|response|man(?:oeuvre|euver)|phenomenon|procedure|operation"
    r"|fracture|deformity|contracture|hernia|nodes?|nodules?|ulcer|bodies|body|cells?|lesion|index|rule|formula|equation|trial|study|protocol|guidelines?|catheter|drain|tube|incision|line|solution|lactate|stain|virus|chorea|granulomatosis"
    r"|arteritis|vasculitis|thyroiditis|purpura|nephropathy|cirrhosis|esophagus|oesophagus|position|phenotype|anomaly|malformation|triad|law|point|encephalopathy|psychosis|neuropathy|gangrene|fundoplication|anastomosis|therapy|diet|regimen|splint|collar|bandage|needle|forceps|elevator|score|questionnaire|inventory|tool|staging|exanthem|rash|aphasia|area|muscle|duct|gland|space|ligament|canal|tubercle|papilla|sulcus|et al|plot|curve|ratio|bladder|disorder|jaundice|dementia|epilepsy|hepatitis|foot|arthropathy|risk|scoring|impairment|murmur|pulse|breathing|respiration|spots?|rings?|lines|nails|crisis|thrombosis)\b",
    re.IGNORECASE,
)  # fmt: skip
_THING_BEFORE: Final = re.compile(
    r"\b(?:signe? d[e']|signo de|test de|escala de|enfermedad de|s[íi]ndrome de|maladie d[e']|syndrome d[e']|score de|morbus|criteria of|enfermedad|tumor de|trial|score|like|manoeuvre of|and|or|,|/)\s?$",
    re.IGNORECASE,
)
EPONYMS: Final = frozenset(
    ["parkinson", "parkinsons", "crohn", "crohns", "alzheimer", "alzheimers", "wells", "apgar", "murphy", "murphys", "homan", "homans", "baker", "bakers", "cushing", "cushings", "addison", "addisons", "graves", "hashimoto", "babinski", "romberg", "tinel", "phalen", "glasgow", "sjögren", "sjogren", "turner", "wilson", "marfan", "ehlers", "danlos", "guillain", "barré", "barre", "bell", "bells", "raynaud", "raynauds", "hodgkin", "hodgkins", "burkitt", "kaposi", "ewing", "wilms", "whipple", "nissen", "billroth", "roux", "hartmann", "hartmanns", "kocher", "mcburney", "mcburneys", "rovsing", "trendelenburg", "thomas", "lachman", "mcmurray", "finkelstein", "spurling", "weber", "rinne", "epley", "dix", "hallpike", "kernig", "brudzinski", "lasègue", "lasegue", "hoffmann", "virchow", "virchows", "cullen", "turners", "grey", "charcot", "korsakoff", "wernicke", "huntington", "huntingtons", "friedreich", "tourette", "down", "downs", "edwards", "patau", "klinefelter", "noonan", "prader", "willi", "angelman", "williams", "rett", "duchenne", "becker", "bruton", "digeorge", "kawasaki", "henoch", "schönlein", "schonlein", "still", "stills", "takayasu", "wegener", "behçet", "behcet", "churg", "strauss", "goodpasture", "alport", "fabry", "gaucher", "tay", "sachs", "niemann", "pick", "creutzfeldt", "jakob", "lewy", "dupuytren", "peyronie", "colles", "smith", "monteggia", "galeazzi", "pott", "potts", "bennett", "salter", "harris", "lisfranc", "jones", "osgood", "schlatter", "perthes", "legg", "calvé", "scheuermann", "paget", "pagets", "paget's", "barrett", "barretts", "mallory", "weiss", "boerhaave", "zenker", "meckel", "hirschsprung", "zollinger", "ellison", "gilbert", "dubin", "crigler", "najjar", "budd", "chiari", "arnold", "dandy", "walker", "lhermitte", "uhthoff", "brown", "séquard", "horner", "horners", "adie", "argyll", "robertson", "bitot", "koplik", "forchheimer", "janeway", "osler", "roth", "duke", "dukes", "ross", "ann", "arbor", "gleason", "bosniak", "bi", "rads", "tanner", "bishop", "ballard", "ranson", "child", "pugh", "glasgow", "blatchford", "rockall", "forrest", "light", "lights", "framingham", "killip", "canadian", "fontaine", "rutherford", "wagner", "braden", "waterlow", "morse", "barthel", "katz", "rankin", "karnofsky", "hamilton", "beck", "montgomery", "åsberg", "young", "yale", "epworth", "berlin", "mallampati", "cormack", "lehane", "fitzpatrick", "breslow", "clark", "wallace", "parkland", "lund", "browder", "ringer", "ringers", "foley", "swan", "ganz", "hickman", "portacath", "jackson", "pratt", "penrose", "seldinger", "holter", "doppler", "valsalva", "carnett", "carnetts", "kehr", "courvoisier", "grace", "heart", "stemi", "timi", "norwich", "bristol", "cochrane", "lancet", "charlson", "elixhauser", "lyme", "ebola", "zika", "coxsackie", "norwalk", "west", "nile", "marburg", "lassa", "epstein", "barr", "hansen", "chagas", "weil", "vincent", "ludwig", "lemierre", "fournier", "stevens", "johnson", "quincke", "ménière", "meniere", "menière", "ramsay", "hunt", "tolosa", "gradenigo", "hunter", "hurler", "pompe", "mcardle", "von", "willebrand", "hippel", "lindau", "gierke", "recklinghausen", "brugada", "wolff", "parkinson", "white", "lown", "ganong", "romano", "ward", "fallot", "eisenmenger", "ebstein", "marfan", "loeys", "dietz", "kussmaul", "biot", "cheyne", "stokes", "corrigan", "quincke", "durozier", "traube", "austin", "flint", "graham", "steell", "carey", "coombs", "still", "levine", "frank", "friderichsen", "waterhouse", "conn", "sheehan", "nelson", "kallmann", "de", "quervain", "riedel", "plummer", "vinson", "jod", "basedow", "gram", "ziehl", "neelsen", "giemsa", "wright", "papanicolaou", "romanowsky", "coombs", "schilling", "schirmer", "gower", "gowers", "allen", "adson", "ober", "ortolani", "barlow", "galeazzi", "simmonds", "thompson", "hawkins", "neer", "jobe", "yergason", "speed", "patrick", "faber", "schober", "nice", "sign", "who", "fda", "nhs", "bnf", "cdc", "gold", "gina", "esc", "aha", "acc", "ada", "easd", "rcog", "rcpch", "escardio", "kdigo", "idsa", "eular", "acr", "asco", "nccn", "may", "will", "bill", "mark", "rose", "pat", "sue", "grace", "hope", "faith", "joy", "ray", "gene", "art", "penny", "rich", "chase", "drew", "miles", "grant", "may-thurner", "peutz", "jeghers", "gardner", "lynch", "fanconi", "cockcroft", "gault", "friedewald", "bazett", "fridericia", "frisén", "hunt", "hess", "fisher", "sokolow", "lyon", "virchow's", "lund-mackay", "caprini", "padua", "geneva", "khorana", "maddrey", "lille", "child-pugh", "bethesda"]
)
_STRONG_SOFT: Final = frozenset(
    ["may", "will", "bill", "mark", "rose", "pat", "sue", "grace", "hope", "faith", "joy", "ray", "gene", "art", "penny", "rich", "chase", "drew", "miles", "grant", "young", "white", "ward", "hunt", "light", "lights", "heart", "gold", "sign", "still", "brown", "speed", "frank", "clark", "wright", "johnson", "jones", "smith", "thomas", "harris", "nelson", "thompson", "allen", "walker", "williams", "wilson", "edwards", "turner", "baker", "bennett", "robertson", "ross", "wallace", "hamilton", "thomas", "graham"]
)
_INSTITUTION: Final = re.compile(
    r"\b(?:american|european|british|royal college|national|world health|international|society|college|association|academy|institute of health|organi[sz]ation|foundation for|task ?force|guidelines?|cochrane|mayo|proceedings|journal|committee|agency|council|department of|ministry|federal|food and drug|medicare|medicaid|nhs england|public health|diagnostic and statistical|anxiety and depression)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
ROLES: Final = frozenset(
    ["the", "patient", "doctor", "nurse", "practitioner", "physician", "consultant", "cardiology", "radiology", "oncology", "neurology", "surgery", "urology", "emergency", "department", "ward", "clinic", "hospital", "team", "icu", "ed", "itu", "gp", "pcp", "er", "or", "pt", "dr", "mr", "mrs", "ms", "and", "of", "in", "on", "with", "a", "an", "hospitalist", "dra", "sra", "sr", "don", "doña", "resident", "registrar", "mother", "father", "son", "daughter", "wife", "husband", "sister", "brother", "uncle", "aunt", "home", "room", "case"]
)


def is_harmless(text: str, found: Found) -> bool:
    """Whether a finding of the tagger is only an eponym, a body, a department or a word of the trade."""
    value = text[found.start : found.end]
    words = [word.lower() for word in _WORD.findall(value)]
    if not words:
        return found.type in {"NAME", "ORG", "OTHER", "LOCATION"}
    before = text[max(0, found.start - 24) : found.start]
    titled = _TITLE.search(before) is not None
    if found.type == "NAME":
        return not titled and _is_term(text, found, words, before)
    if found.type in {"LOCATION", "ORG", "FACILITY"}:
        return (
            bool(_INSTITUTION.search(value))
            or all(word in ROLES for word in words)
            or (found.type != "FACILITY" and (_THING.match(text, found.end) is not None and any(word in EPONYMS for word in words)))
        )
    return False


def _is_term(text: str, found: Found, words: list[str], before: str) -> bool:
    if all(word in ROLES for word in words):
        return True
    if _THING.match(text, found.end) and (len(words) <= 2 or any(word in EPONYMS for word in words)):
        return any(word in EPONYMS or lists(word) & (EPONYM | SAFE | LAST) for word in words)
    eponymous = all(word in EPONYMS or word == "s" for word in words)
    if eponymous and (_THING_BEFORE.search(before) or not all(word in _STRONG_SOFT for word in words)):
        return True
    known = [lists(word) for word in words]
    if all(bits & MEDICAL and not bits & (FIRST | LAST) for bits in known):
        return True
    lower = text[found.start : found.end].islower()
    return lower and all(bits & SAFE and not bits & (FIRST | LAST | PLACE | COUNTRY) for bits in known) and text[: found.start].islower()
