"""A second country's roll, signed by another key on another host, is one more line of settings."""

import base64
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string

from curbside import wallet
from curbside.anonymous.discussion.bylines import Byline, badge_lines
from curbside.anonymous.membership.models import Badge, Edition, Member, Vouch
from curbside.anonymous.membership.queries import crowd_of_everyone, offered_badges
from curbside.kit.environment import Origin
from curbside.kit.registrars import Registrar, registrars
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import KEY, KNOCKS, REGISTRAR, Visitor, publish, registrar_at
from tests.anonymous.membership.conftest import MakeVisitor

pytestmark = pytest.mark.django_db
SECOND = "annuaire.example.org"
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(reversed(range(32))))


@pytest.fixture
def both(settings: LazySettings, tmp_path: Path) -> list[Registrar]:
    """Two registrars, each with an edition that was fetched."""
    first, second = registrar_at(tmp_path / "first"), registrar_at(tmp_path / "second", host=SECOND, key=OTHER_KEY)
    publish(tmp_path / "first")
    publish(tmp_path / "second", host=SECOND, key=OTHER_KEY)
    settings.REGISTRARS = [first, second]
    assert fetch().count("is accepted") == 2
    return [first, second]


def fetch() -> str:
    output = StringIO()
    call_command("fetch_editions", stdout=output)
    return output.getvalue()


def edition_of(host: str) -> str:
    return Edition.objects.get(registrar=host).digest


def badge_texts(case: str) -> list[str]:
    return [badge if ":" in badge else f"{REGISTRAR}:{badge}" for badge in KNOCKS["cases"][case]["badges"]]


def packet(case: str, *, everyone_by: str = REGISTRAR) -> dict[str, object]:
    """The case's proofs, each against its registrar's edition."""
    entries, badges = KNOCKS["cases"][case]["proofs"], badge_texts(case)
    hosts = [badge.partition(":")[0] for badge in badges] or [everyone_by]
    proofs = [
        {"registrar": host, "edition": edition_of(host), "roll": entry["roll"], "proof": entry["proof"]}
        for host, entry in zip(hosts, entries, strict=True)
    ]
    return {"format": "curbside-proof-1", "purpose": "member", "object": "", "epoch": "", "proofs": proofs}


def join(visitor: Visitor, case: str, page: str = "/join/", *, pseudonym: str = "quiet-heron-41", everyone_by: str = REGISTRAR) -> int:
    visitor.monkeypatch.setattr(Visitor, "badges", lambda _visitor, case: badge_texts(case))
    visitor.begin(case, page, pseudonym=pseudonym)
    return visitor.hand_in(packet(case, everyone_by=everyone_by))[0]


@pytest.mark.parametrize("host", [REGISTRAR, SECOND])
def test_a_doctor_of_either_is_admitted(both: list[Registrar], visitor: Visitor, host: str) -> None:
    assert join(visitor, "first", everyone_by=host) == 200
    assert [vouch.registrar for vouch in Vouch.objects.all()] == [host]
    assert visitor.member is not None
    assert visitor.member.may_write


def test_the_second_ones_badge_is_proved_by_its_own_roll(both: list[Registrar], visitor: Visitor) -> None:
    assert join(visitor, "another registrar") == 200
    badge = Badge.objects.get()
    assert (badge.registrar, badge.roll, badge.crowd) == (SECOND, "gb", 6)


def test_a_proof_for_one_registrars_badge_is_refused_for_the_others(both: list[Registrar], visitor: Visitor) -> None:
    """The registrar stands in what was proved, so that one country's roll never passes for another's."""
    visitor.monkeypatch.setattr(Visitor, "badges", lambda _visitor, case: [f"{REGISTRAR}:gb"])
    visitor.begin("another registrar")
    moved = packet("another registrar")
    moved["proofs"][0].update(registrar=REGISTRAR, edition=edition_of(REGISTRAR))  # type: ignore[index] # a list of dicts
    assert visitor.hand_in(moved)[0] == 403
    assert not Member.objects.exists()


def test_badges_of_two_registrars_are_not_shown_together(both: list[Registrar], visitor: Visitor) -> None:
    """How many doctors are on both rolls, neither registrar can say."""
    assert join(visitor, "first") == 200
    response = visitor.client.post("/membership/renew/", {"badges": badge_texts("both registrars")})
    assert "Of any other two" in response.content.decode()


def test_badges_say_who_vouches_only_where_there_are_several(both: list[Registrar], visitor: Visitor, settings: LazySettings) -> None:
    join(visitor, "another registrar")
    member = Member.objects.get()

    def shown() -> str:
        return render_to_string(
            "discussion/_byline.html", {"byline": Byline(member.pseudonym, badge_lines([member.pk]).get(member.pk, ()))}
        )

    assert f"by {SECOND}" in shown()
    settings.REGISTRARS = both[1:]
    assert SECOND not in shown()
    assert "United Kingdom" in shown()


def test_a_badge_of_a_registrar_struck_off_is_no_longer_shown(both: list[Registrar], visitor: Visitor, settings: LazySettings) -> None:
    join(visitor, "another registrar")
    settings.REGISTRARS = both[:1]
    assert badge_lines([Member.objects.get().pk]) == {}
    settings.REGISTRARS = both
    assert len(badge_lines([Member.objects.get().pk])) == 1


def test_the_join_page_offers_the_badges_of_both_and_names_them(both: list[Registrar], visitor: Visitor) -> None:
    assert {badge.registrar for badge in offered_badges()} == {REGISTRAR, SECOND}
    page = visitor.client.get("/join/").content.decode()
    assert page.count(f'value="{SECOND}:gb"') == page.count(f'value="{REGISTRAR}:gb"') == 1
    assert f'<span class="meta">{SECOND}</span>' in page


def test_nobody_is_promised_the_larger_registrars_crowd(both: list[Registrar], visitor: Visitor) -> None:
    Edition.objects.get(registrar=SECOND).rolls.filter(roll="everyone").update(size=3000)
    assert crowd_of_everyone() == 8
    assert "<strong>8</strong> or more" in visitor.client.get("/join/").content.decode()


def test_striking_one_off_ends_its_members_terms_at_the_next_request(
    both: list[Registrar], make_visitor: MakeVisitor, settings: LazySettings
) -> None:
    """Nothing is written: the line's return restores them."""
    of_second = make_visitor()
    assert join(of_second, "another registrar") == 200
    settings.REGISTRARS = both[:1]
    home, refused = of_second.client.get("/"), of_second.client.get("/cases/new/")
    for page in (home, refused, of_second.client.get("/membership/")):
        assert "The registrar that verified you is no longer accepted here" in page.content.decode()
    assert refused.status_code == 403
    assert "1 members can only read" in fetch()
    settings.REGISTRARS = both
    assert of_second.client.get("/cases/new/").status_code == 200


def test_members_of_the_other_go_on_as_before(both: list[Registrar], visitor: Visitor, settings: LazySettings) -> None:
    join(visitor, "first")
    settings.REGISTRARS = both[:1]
    assert visitor.client.get("/cases/new/").status_code == 200


def test_who_lost_one_registrar_renews_by_another_and_stays_the_same_member(
    both: list[Registrar], visitor: Visitor, settings: LazySettings
) -> None:
    join(visitor, "another registrar")
    member = Member.objects.get()
    settings.REGISTRARS = both[:1]
    visitor.monkeypatch.undo()
    settings.REGISTRARS = both[:1]
    assert visitor.knock("renewal", "/membership/renew/")[0] == 200
    assert Member.objects.get().pk == member.pk
    assert Member.objects.get().may_write


def test_a_proof_against_a_registrar_struck_off_is_refused(both: list[Registrar], visitor: Visitor, settings: LazySettings) -> None:
    settings.REGISTRARS = both[:1]
    visitor.begin("first")
    assert visitor.hand_in(packet("first", everyone_by=SECOND))[0] == 403


def test_one_registrars_key_signs_nothing_for_the_other(both: list[Registrar], settings: LazySettings, tmp_path: Path) -> None:
    publish(tmp_path / "forged", host=SECOND, key=KEY)
    settings.REGISTRARS = [both[0], registrar_at(tmp_path / "forged", host=SECOND, key=OTHER_KEY)]
    with pytest.raises(CommandError, match="not signed by its registrar"):
        fetch()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def web_address(tmp_path: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path / "web")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_line_of_settings_adds_it_from_another_host(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path, web_address: str
) -> None:
    """As an operator does it: the line read from the environment, the editions fetched over the network."""
    publish(tmp_path / "first")
    publish(tmp_path / "web", host=SECOND, key=OTHER_KEY)
    lines = [line_of(REGISTRAR, KEY, str(tmp_path / "first")), line_of(SECOND, OTHER_KEY, web_address)]
    monkeypatch.setenv("CURBSIDE_REGISTRARS", ", ".join(lines))
    settings.REGISTRARS = registrars()
    assert fetch().count("8 are on the roll of everyone") == 2


def line_of(host: str, key: Ed25519PrivateKey, source: str) -> str:
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).decode().rstrip("=")
    return f"https://{host} {public} {source}"


def test_the_wallet_is_told_of_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sources = [line_of(REGISTRAR, KEY, "https://directory.example.org/roll"), line_of(SECOND, OTHER_KEY, str(tmp_path))]
    monkeypatch.setenv("CURBSIDE_REGISTRARS", ",".join(sources))
    found = wallet.configuration(registrars(), Origin("https", "community.example.org", None))
    assert [(entry["host"], entry["rolls"]) for entry in found["registrars"]] == [  # type: ignore[attr-defined] # a list of dicts
        (REGISTRAR, f"/rolls/{REGISTRAR}/"),
        (SECOND, f"/rolls/{SECOND}/"),
    ]
    assert json.dumps(found).count("public_key") == 2


def test_the_wallet_host_keeps_a_checked_copy_of_the_second_ones_rolls(tmp_path: Path, web_address: str) -> None:
    publish(tmp_path / "web", host=SECOND, key=OTHER_KEY)
    host = Registrar(SECOND, f"https://{SECOND}", OTHER_KEY.public_key().public_bytes_raw(), web_address)
    assert wallet.mirror(host, tmp_path / "copy").startswith("edition 1 ")
    assert (tmp_path / "copy" / "latest.json").exists()


def test_a_second_passkey_of_the_other_side_is_no_second_vouch(both: list[Registrar], visitor: Visitor) -> None:
    join(visitor, "first")
    status, _answer = visitor.make_passkey(SoftPasskey(5), "/membership/passkeys/", label="Phone")
    assert status == 200
    assert Vouch.objects.count() == 1
