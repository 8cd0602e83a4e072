"""The registrars' setting: one line a registrar, refused when it is not whole."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from curbside.kit.registrars import registrars

KEY = "A" * 43


def test_entries_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "CURBSIDE_REGISTRARS",
        f"https://directory.example.org {KEY} /rolls, https://annuaire.example.fr/ {KEY} https://annuaire.example.fr/roll",
    )
    first, second = registrars()
    assert (first.host, first.source, len(first.public_key)) == ("directory.example.org", "/rolls", 32)
    assert (second.host, second.origin) == ("annuaire.example.fr", "https://annuaire.example.fr")


def test_no_entry_is_no_registrar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CURBSIDE_REGISTRARS", raising=False)
    assert registrars() == []


@pytest.mark.parametrize(
    "value",
    [
        f"https://a.example {KEY}",
        f"a.example {KEY} /rolls",
        "https://a.example short /rolls",
        f"https://a.example {KEY} /rolls,https://a.example {KEY} /others",
        f"https://a.example {'A' * 44} /rolls",
    ],
)
def test_entry_that_is_not_whole_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CURBSIDE_REGISTRARS", value)
    with pytest.raises(ImproperlyConfigured, match="CURBSIDE_REGISTRARS"):
        registrars()
