"""Each side's code names only what that side may know (docs: the words we use)."""

import re

import pytest

from tests.wall.sites import SOURCE, defined_identifiers, python_files

FORBIDDEN = {
    "anonymous": {"doctor", "doctors", "licence", "licences", "license", "licenses", "name", "names", "email", "surname"},
    "named": {"member", "members", "pseudonym", "pseudonyms", "nullifier", "nullifiers"},
}
FRAMEWORK = {
    "app_name",
    "field_name",
    "verbose_name",
    "verbose_name_plural",
    "form_template_name",
    "field_template_name",
    "template_name",
    "SITE_NAME",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "LANGUAGE_COOKIE_NAME",
    "USERNAME_FIELD",
}  # words of Django's own, which it looks for


def words_of(identifier: str) -> set[str]:
    """The words of an identifier in snake or camel case."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", identifier)}


@pytest.mark.parametrize("site", FORBIDDEN)
def test_side_defines_no_identifier_with_the_other_sides_words(site: str) -> None:
    found = [
        f"{file.relative_to(SOURCE)}:{line} {identifier}"
        for file in python_files(site)
        if "migrations" not in file.parts
        for identifier, line in defined_identifiers(file)
        if identifier not in FRAMEWORK
        and not (file.name == "apps.py" and identifier == "name")  # Django's own
        and words_of(identifier) & FORBIDDEN[site]
    ]
    assert found == []


def test_word_splitter_sees_words_in_both_cases() -> None:
    assert words_of("DoctorLicence") == {"doctor", "licence"}
    assert words_of("home_address_HTTPServer") == {"home", "address", "http", "server"}
    assert words_of("renamed") == {"renamed"}
