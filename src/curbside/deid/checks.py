"""Check digits of identifiers: each takes the value with any separators and says whether it can be real."""

from __future__ import annotations

import re
from typing import Final

_DNI: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_VIN: Final = {
    **{str(n): n for n in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
}
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_NIR_LETTERS: Final = {"2A": "19", "2B": "18"}


def bare(value: str) -> str:
    """The letters and digits alone, in upper case."""
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()


def nhs_number(value: str) -> bool:
    """Ten digits with the modulus 11 check of the NHS number and of Scotland's CHI."""
    digits = bare(value)
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check != 10 and check % 11 == int(digits[9])


def luhn(value: str) -> bool:
    """Payment cards, and with a prefix the NPI."""
    digits = bare(value)
    if not digits.isdecimal() or len(digits) < 2:
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def npi(value: str) -> bool:
    """The United States' number of a provider: Luhn behind the prefix 80840."""
    digits = bare(value)
    return len(digits) == 10 and digits[0] in "12" and luhn("80840" + digits)


def iban(value: str) -> bool:
    """ISO 13616: modulus 97 is 1."""
    text = bare(value)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", text):
        return False
    return int("".join(str(int(char, 36)) for char in text[4:] + text[:4])) % 97 == 1


def nir(value: str) -> bool:
    """France's social security number: 13 places and a key of two."""
    text = bare(value)
    for letters, digits in _NIR_LETTERS.items():
        text = text[:5] + text[5:7].replace(letters, digits) + text[7:]
    return bool(re.fullmatch(r"[1-478][0-9]{14}", text)) and 97 - int(text[:13]) % 97 == int(text[13:])


def dni(value: str) -> bool:
    """Spain's DNI and NIE: the letter follows from the number."""
    text = bare(value)
    if not re.fullmatch(r"[XYZ0-9][0-9]{7}[A-Z]", text):
        return False
    return _DNI[int(text[:-1].translate(str.maketrans("XYZ", "012"))) % 23] == text[-1]


def kvnr(value: str) -> bool:
    """Germany's number of insured persons: a letter, eight digits and a check by alternating 1 and 2."""
    text = bare(value)
    if not re.fullmatch(r"[A-Z][0-9]{9}", text):
        return False
    digits = f"{ord(text[0]) - 64:02}{text[1:9]}"
    return sum(sum(map(int, str(int(digit) * (1 + at % 2)))) for at, digit in enumerate(digits)) % 10 == int(text[9])


def ssn(value: str) -> bool:
    """A social security number of the United States that can have been issued."""
    digits = bare(value)
    return len(digits) == 9 and digits[:3] not in {"000", "666"} and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"


def vin(value: str) -> bool:
    """A vehicle's 17 places, the ninth of them a check."""
    text = bare(value)
    if len(text) != 17 or any(char not in _VIN for char in text):
        return False
    rest = sum(_VIN[char] * weight for char, weight in zip(text, _VIN_WEIGHTS, strict=True)) % 11
    return text[8] == ("X" if rest == 10 else str(rest))
