"""Rules for how somebody is reached: e-mail, telephone, web and network addresses, handles, postcodes, street addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import phonenumbers

from curbside.deid.allowed import is_eponymous
from curbside.deid.lexicons import COMMON, COUNTRY, MEDICAL, PLACE, SAFE, lists
from curbside.deid.span import Found

_EMAIL: Final = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.UNICODE)
_SPELT: Final = re.compile(
    r"(?<![\w.])[\w-]{1,40}(?:\s?(?:\.|\(dot\)|\[dot\]|\sdot\s)\s?[\w-]{1,40}){0,3}\s{0,2}(?:\(at\)|\[at\]|\{at\}|\sat\s|\s@\s)\s{0,2}"
    r"[\w-]{1,40}(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?[\w-]{2,20}|\.(?:com|org|net|edu|uk|co|es|fr|de|nhs)\b){1,3}(?:\.[a-z]{2,3}\b)?",
    re.IGNORECASE,
)
_URL: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()\[\]]{2,300}|(?<![\w@.-])(?:[a-z0-9-]{2,40}\.){1,3}(?:com|org|net|io|co\.uk|nhs\.uk|me|info)/[^\s<>\"'()]{1,200}",
    re.IGNORECASE,
)
_PUBLIC_HOSTS: Final = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:nice\.org\.uk|who\.int|cdc\.gov|nih\.gov|doi\.org|fda\.gov|bmj\.com|nejm\.org|thelancet\.com|uptodate\.com|cochrane\.org|cochranelibrary\.com|bnf\.org|europa\.eu|medscape\.com"
    r"|nhs\.uk|gov\.uk|sign\.ac\.uk|escardio\.org|acc\.org|heart\.org|diabetesjournals\.org|jamanetwork\.com|wikipedia\.org|clinicaltrials\.gov|mdcalc\.com|orpha\.net|omim\.org|medlineplus\.gov|cancer\.gov|cancer\.org|mayoclinic\.org|rcpch\.ac\.uk|toxbase\.org|nature\.com|sciencedirect\.com|springer\.com|wiley\.com)(?:[/?#]|$)",
    re.IGNORECASE,
)
_IP4: Final = re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)")
_IP6: Final = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,29}(?![\w@])")
_PHONE: Final = re.compile(
    r"(?<![\w.+/-])(?:\+|00)?\(?\d{1,5}\)?(?:[ .\-/]{0,2}\(?\d{1,5}\)?){1,7}(?:[ ,]{0,2}(?:x|ext\.?|extension|extn|#)\s?\d{1,6})?(?!\w|[/@])",
    re.IGNORECASE,
)
_PHONE_CUE: Final = re.compile(
    r"(?:\b(?:tel|tele|telephone|phone|ph|mob|mobile|cell|call|called|calling|callback|call back|ring|rang|fax|contact|contactable|whats ?app|text|texted|sms|number|landline|pager|bleep|answering|messages? to|reach|registered"
    r"|tlf|tfno|tel[ée]fonos?|m[óo]vil|t[ée]l|portable|handy|mobil|desk|office|p|f|t|m)\b[^\d\n]{0,30}\n?[ ]{0,4})$",
    re.IGNORECASE,
)
_REGIONS: Final = ("US", "GB", "FR", "ES", "DE")
AREAS: Final = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU"
    "|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|ZZ"
)
_POSTCODE: Final = re.compile(
    rf"(?<![\w/-])(?:(?:{AREAS})\d(?:\d|[A-Z])?[ \t\n]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}|GIR ?0AA)(?![\w])", re.IGNORECASE
)
_POSTCODE_CUE: Final = re.compile(r"\b(?:post ?code|lives?|living|address|from|home|moved to)\b[^\n.]{0,24}$", re.IGNORECASE)
_NO_INWARD: Final = frozenset(
    ["st", "nd", "rd", "th", "hr", "hz", "lb", "gy", "dl", "ug", "ng", "pg", "yr", "bd", "td", "qd", "sd", "se", "pt", "ps", "ws"]
)
_STREET: Final = r"street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|way|court|ct|close|crescent|cres|place|pl|terrace|gardens|gdns|grove|boulevard|blvd|parkway|pkwy|highway|hwy|circle|cir|trail|trl|square|sq|hill|row|mews|walk|rise|view|park|green|quay|wharf|loop|alley"
_ADDRESS: Final = re.compile(
    rf"(?<![\w.,/-])(?:(?:flat|apt|apartment|unit|suite|room)\.? ?\w{{1,5}}, ?)?\d{{1,5}}[A-Za-z]?,? (?:[^\W\d_a-zß-ÿ][\w'-]{{0,24}} |(?:of|the|de|la|du|des|St\.) ){{1,4}}(?i:{_STREET})\b\.?"
    r"(?:,? (?:apt|apartment|unit|suite|ste|flat|Apt|Unit|Suite|Ste|Flat|#)\.? ?#?\w{1,6})?(?:,\s[A-Z][\w'-]{1,24}(?: [A-Z][\w'-]{1,24}){0,2})?(?:,? [A-Z]{2},? \d{5}(?:-\d{4})?)?"
)
_BOX: Final = re.compile(r"\bP\.? ?O\.? ?Box \d{1,6}(?:, ?[A-Z][\w' -]{2,30}?(?:, ?[A-Z]{2} \d{5}(?:-\d{4})?))?", re.IGNORECASE)
_STATE_ZIP: Final = re.compile(r"(?<!\w)[A-Z][\w'-]{1,24}(?: [A-Z][\w'-]{1,24}){0,2}, ?[A-Z]{2},? \d{5}(?:-\d{4})?(?!\d)")
_ROMANCE: Final = re.compile(
    r"(?<!\w)(?:[cC]/ ?|(?:[cC]alle|[aA]vda\.?|[aA]venida|[pP]laza|[pP]za\.?|[pP]aseo|[cC]arretera|[cC]tra\.?|[cC]amino|\d{1,4},? ?(?:bis |ter )?(?:rue|all[ée]e|boulevard|chemin|impasse|quai|avenue)) )(?:(?:[^\W\d_a-zß-ÿ][\w'.-]{0,24}|de|del|la|las|los|el|du|des|le|les)[ ,]{1,2}){1,6}(?:n[ºo°]? ?)?(?:\d{1,4}(?:[ ,-]{1,2}\d{1,3}[ºª]?)?)?(?:[ ,]{1,2}\d{5} [A-Z][\w'-]{1,24})?"
    r"|(?<!\w)[A-ZÄÖÜ][\w-]{2,30}(?:straße|strasse|str\.|weg|platz|allee|gasse) ?\d{1,4}[a-z]?(?:, ?\d{5} [A-ZÄÖÜ][\w-]{1,24})?"
)
_LOWER_STREET: Final = re.compile(
    r"(?<![\w.,/-])(?:(?:flat|apt|unit) ?\d{1,4}[a-z]?, ?)?\d{1,4}[a-z]? (?:[a-z]{3,20} ){1,2}(?:street|road|avenue|lane|close|crescent|terrace|gardens)\b(?:, ?[a-z]{3,20}\b)?"
)
_FOREIGN: Final = re.compile(
    r"(?<!\w)[^\W\d_a-zß-ÿ][\w'-]{1,30}(?:katu|kuja|gatan|gata|gränd|vägen|vej|gade|veien|vegen|straat|laan|stræti|straeti|stígur|stigur|gasse|strasse|straße) ?\d{1,4}[a-zA-Z]?\b"
    r"|(?<!\w)(?:[^\W\d_]{2,24} ){1,3}(?:útja|utca|körút|út|tér)\b(?: \d{1,4}\.?)?"
    r"|(?<!\w)(?:ul\.|ulica|os\.|al\.) [^\W\d_a-zß-ÿ][\w-]{1,24}(?: [^\W\d_][\w-]{1,24})? \d{1,4}[a-z]?\b"
    r"|(?<!\w)(?:Via|Viale|Corso|Piazza|Piazzale|Largo|Vicolo|Strada|Contrada|Rua|Travessa|Praça|Avenida|Av\.|Estrada|Alameda) (?:(?:[^\W\d_a-zß-ÿ][\w'.-]{0,24}|de|do|da|dos|das|di|del|della|dei|delle|dell'\w{2,20}|e),? ){1,5}(?:n\.? ?)?\d{1,4}[a-z]?\b"
    r"|(?<!\w)\d{1,5} [^\W\d_a-zß-ÿ][\w'-]{2,24}(?: [^\W\d_a-zß-ÿ][\w'-]{2,24}){0,2} \d{1,5},? (?:Apt|Suite|Unit)\.? \d{1,5}"
)
_CODE: Final = re.compile(
    r"\b(?:zip(?:[ -]?codes?)?|post(?:al)?[ -]?codes?|c\.? ?p\.?|c[óo]digo postal|code postal|plz|postleitzahl|c\.?a\.?p\.?)\b(?: (?:is|es|est|ist|number|of|n[oº.]?))?[ \t]{0,2}[:=#]?[ \t]{0,3}(?P<value>\d{3,6}(?:-\d{4})?)(?![\w%]|[.,/]\d)",
    re.IGNORECASE,
)
_LOWER_TOWN: Final = re.compile(
    r"\b(?:comes? from|came from|lives? (?:alone )?in|lived in|living in|moved to|based in|born in|home in) (?P<town>[a-z]{4,20})\b"
)
_CODE_AND_TOWN: Final = re.compile(r"(?<![\w./-])(?:[DFE]-)?\d{5},? (?P<town>[^\W\d_a-zß-ÿ][\w'-]{2,24})(?![\w])")
_FIRM: Final = re.compile(
    r"(?<!\w)(?:[^\W\d_a-zß-ÿ][\w&'-]{1,24},? (?:(?:and|&|of|y|et|und) )?){1,4}(?:Ltd|Limited|LLC|LLP|Inc|plc|PLC|GmbH|SARL|S\.A\.|S\.L\.|SpA|S\.p\.A\.|Corp(?:oration)?|and Sons|& Sons|& Co)\b"
)
_BEFORE_STREET: Final = re.compile(r"(?<![\w./-])\d{1,6}[A-Za-z]?,?\s(?:\d{1,5},?\s)?$")
_BEHIND_STREET: Final = re.compile(
    r"[\s,>|;.]{1,8}(?:(?:apt|apartment|suite|unit|flat|piso)\b\.? ?#?\w{1,5}\b|nan\b|\d{3,6}(?:-\d{4})?(?![\w%]|[.,/:-]\d)(?! ?(?:mg|mcg|ml|mmol|units?|years?|yrs?|days?|weeks?|months?)\b)|(?-i:(?P<words>[^\W\d_a-zß-ÿ][\w'-]{0,24}(?: [^\W\d_a-zß-ÿ][\w'-]{0,24}){0,2})))",
    re.IGNORECASE,
)
_TOWN_AND_CODE: Final = re.compile(
    r"(?:[\s,>|]{1,6}(?:(?:apt|suite|unit|flat)\b\.? ?\w{1,5}|nan\b|(?-i:[^\W\d_a-zß-ÿ][\w'.-]{0,24}))){1,8}[\s,>|]{1,6}\d{4,6}(?:-\d{4})?(?![\w%]|[.,/:-]\d)",
    re.IGNORECASE,
)
_CODE_BEHIND: Final = re.compile(
    r",? (?:[A-Z]{2} )?\d{4,6}(?=\s*(?:\n|$))|, (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])(?!\w)"
)
_DIGIT: Final = re.compile(r"\d")
_PARTS_BEHIND: Final = 5

_INSTITUTE: Final = re.compile(
    r"(?<![\w-])(?:(?:St\.?|Royal|Queen|King|University|The|[A-Z][a-zß-ÿ]{2,20}(?:'s|s')?(?:-[A-Z][a-z]{2,20})?) ){1,4}"
    r"(?:Hospitals?|Infirmary|Surgery|Medical Cent(?:re|er)|Hospice|Care Home|Health Cent(?:re|er)|Nursing Home|(?:Primary|Infant|Junior|High|Secondary|Grammar|Nursery) School|Academy(?! (?:of|for))|NHS (?:Foundation )?Trust)\b(?! (?:Anxiety|Episode|Acquired))"
)
_GENERAL: Final = re.compile(
    r"(?:(?:The|A|An|Our|Your|This|Local|General|Community|University|Teaching|District|Day|Children's|Hospital|Medical|Acute|Psychiatric|Private|Public|Field|Cardiac|Thoracic|General|Bariatric|Plastic|Vascular|Orthopaedic|Emergency|Elective|Spinal|Hand|Breast|Colorectal|After|Before|Heart|Eye|Oral|Major|Minor|Robotic|Laparoscopic|Open|In|At|To|From) )+\w+"
)
_PLATE: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2} ?[A-Z]{3}(?!\w)")
_PLATE_CUE: Final = re.compile(
    r"\b(?:vehicle|car|reg|registration|plate|van|lorry|driv\w{1,4}|motor\w{0,5}|scooter|ambulance)\b", re.IGNORECASE
)


def find_contacts(text: str) -> Iterator[Found]:
    """Every rule on the plain text; overlapping findings are merged by the caller."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Found(match.start(), match.end(), "EMAIL", 0.99, "rule: e-mail", validated=True)
        for match in _HANDLE.finditer(text):
            yield Found(match.start(), match.end(), "HANDLE", 0.8, "rule: handle")
    for match in _SPELT.finditer(text):
        if "dot" in match[0].lower() or "(at)" in match[0].lower() or "[at]" in match[0].lower() or "@" in match[0]:
            yield Found(match.start(), match.end(), "EMAIL", 0.9, "rule: e-mail in words")
    for match in _URL.finditer(text):
        if not _PUBLIC_HOSTS.match(match[0]):
            yield Found(match.start(), match.start() + len(match[0].rstrip(".,;:!?")), "URL", 0.95, "rule: web address")
    for pattern in (_IP4, _IP6):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "IP", 0.95, "rule: network address", validated=True)
    yield from _phones(text)
    yield from _addresses(text)


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        value = match[0]
        digits = sum(char.isdecimal() for char in value)
        cued = _PHONE_CUE.search(text, max(0, match.start() - 50), match.start()) is not None
        if (
            digits < 6
            or digits > 24
            or re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{5,7}-\d{1,2}|\d{4}-\d{4}", value)
        ):
            continue
        valid = _valid(value) if digits >= 8 else False
        if (
            cued
            or (valid and re.match(r"\+|00|\(?0|1?[ .(-]{0,2}\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}|\d{3}[ .-]\d{2,3}[ .-]\d{2,3}", value))
            or _typical(value)
        ):
            yield Found(match.start(), match.end(), "PHONE", 0.95 if valid else 0.8, "rule: telephone", validated=valid)


def _typical(value: str) -> bool:
    return (
        re.fullmatch(
            r"(?:\+|00)\d[\d ().-]{7,20}(?:.{0,3}(?:x|ext).{0,9})?|\(?0\d{2,5}\)? \d{3,8}(?: \d{3,5})?|(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}.{0,12}",
            value,
        )
        is not None
    )


def _valid(value: str) -> bool:
    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(value, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
        if value.startswith("+"):
            return False
    return False


def whole_address(text: str, found: Found) -> Found:
    """An address with the numbers before it, and flat, town, country and code behind it, on the lines below too."""
    if found.type == "LOCATION" and not _DIGIT.search(text, found.start, found.end):
        code = _CODE_BEHIND.match(text, found.end)
        return replace(found, end=code.end()) if code else found
    before = _BEFORE_STREET.search(text, max(0, found.start - 14), found.start)
    start, end = before.start() if before else found.start, found.end
    town = _TOWN_AND_CODE.match(text, end) if _DIGIT.search(text, start, end) else None
    end = town.end() if town else end
    for _ in range(_PARTS_BEHIND):
        part = _BEHIND_STREET.match(text, end)
        if part is None or (part["words"] and not _names_place(part["words"])):
            break
        end = part.end()
    return replace(found, start=start, end=end)


def _names_place(words: str) -> bool:
    """Towns and countries, and codes of states."""
    if len(words) <= 3 and words.isupper():
        return True
    return all(lists(word.lower()) & (PLACE | COUNTRY) and not lists(word.lower()) & COMMON for word in words.split())


def _towns(text: str) -> Iterator[Found]:
    """Towns in lower case, where the words before say that it is one."""
    for match in _LOWER_TOWN.finditer(text):
        bits = lists(match["town"])
        if bits & PLACE and not bits & (SAFE | COMMON | MEDICAL):
            yield Found(match.start("town"), match.end("town"), "LOCATION", 0.8, "rule: town")


def _codes(text: str) -> Iterator[Found]:
    for match in _CODE.finditer(text):
        yield Found(match.start("value"), match.end("value"), "POSTCODE", 0.9, "rule: labelled postcode")
    for match in _CODE_AND_TOWN.finditer(text):
        bits = lists(match["town"].lower())
        if bits & PLACE and not bits & COMMON and not is_eponymous(text, match.end()):
            yield Found(match.start(), match.end(), "ADDRESS", 0.85, "rule: postcode and town")


def _addresses(text: str) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        value = match[0]
        inward = value[-2:]
        if (
            value.isupper()
            or (value.islower() and (inward not in _NO_INWARD or _POSTCODE_CUE.search(text, max(0, match.start() - 40), match.start())))
            or inward.isupper()
        ) and not ("\n" in value and value.islower()):
            yield Found(match.start(), match.end(), "POSTCODE", 0.95, "rule: postcode", validated=True)
    for match in _INSTITUTE.finditer(text):
        if not _GENERAL.fullmatch(match[0]):
            yield Found(match.start(), match.end(), "FACILITY", 0.8, "rule: institution")
    for pattern in (_ADDRESS, _LOWER_STREET, _BOX, _STATE_ZIP, _ROMANCE, _FOREIGN):
        for match in pattern.finditer(text):
            yield whole_address(text, Found(match.start(), match.start() + len(match[0].rstrip(" ,.;")), "ADDRESS", 0.85, "rule: address"))
    yield from _codes(text)
    yield from _towns(text)
    for match in _FIRM.finditer(text):
        yield Found(match.start(), match.end(), "ORG", 0.8, "rule: firm")
    for match in _PLATE.finditer(text):
        if _PLATE_CUE.search(text, max(0, match.start() - 40), match.end() + 30):
            yield Found(match.start(), match.end(), "ID", 0.85, "rule: number plate")
