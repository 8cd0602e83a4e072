from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from curbside.anonymous.membership.models import Edition, EditionRoll, Member
from curbside.anonymous.membership.queries import crowd_of_everyone, offered_badges
from curbside.credential.edition import Manifest
from curbside.kit.clock import today
from tests.anonymous.membership.cast import DAY, KEY, REGISTRAR, WEEK, Visitor, publish, registrar_at

pytestmark = pytest.mark.django_db
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def fetch() -> str:
    output = StringIO()
    call_command("fetch_editions", stdout=output)
    return output.getvalue()


@pytest.fixture(autouse=True)
def registrars(settings: LazySettings, rolls: Path) -> LazySettings:
    settings.REGISTRARS = [registrar_at(rolls)]
    return settings


def test_an_edition_is_kept_with_its_rolls(rolls: Path) -> None:
    manifest = publish(rolls)
    assert fetch() == "directory.example.org: edition 1 of 2026-11-02 is accepted; 8 are on the roll of everyone.\n"
    edition = Edition.objects.get()
    assert (edition.digest, edition.number, edition.k, edition.replaced_on) == (manifest.address, 1, 2, None)
    assert EditionRoll.objects.get(roll="gb").root == str(manifest.rolls[1].root)


def test_fetching_again_says_the_same_and_changes_nothing(rolls: Path) -> None:
    publish(rolls)
    assert fetch() == fetch() != ""
    assert Edition.objects.count() == 1


def test_editions_that_were_missed_are_fetched_along_the_chain(rolls: Path) -> None:
    first = publish(rolls)
    fetch()
    third = publish(rolls, follows=publish(rolls, follows=first))
    assert fetch().count("is accepted") == 2
    assert list(Edition.objects.order_by("number").values_list("number", "replaced_on")) == [
        (1, DAY + WEEK),
        (2, DAY + 2 * WEEK),
        (3, None),
    ]
    assert Edition.objects.get(number=3).digest == third.address


def test_a_new_community_fetches_the_whole_chain(rolls: Path) -> None:
    publish(rolls, follows=publish(rolls))
    fetch()
    assert Edition.objects.count() == 2


def test_badges_are_offered_from_the_newest_edition_only(rolls: Path) -> None:
    first = publish(rolls)
    publish(rolls, follows=first, names=("everyone", "gb"))
    fetch()
    assert [badge.roll for badge in offered_badges()] == ["gb"]
    assert crowd_of_everyone() == 8


def test_an_edition_signed_by_another_is_refused(rolls: Path) -> None:
    publish(rolls, key=STRANGER)
    with pytest.raises(CommandError, match="not signed by its registrar"):
        fetch()
    assert not Edition.objects.exists()


def test_another_registrars_edition_is_refused(rolls: Path) -> None:
    publish(rolls, host="elsewhere.example.org")
    with pytest.raises(CommandError, match="another registrar's"):
        fetch()


def test_a_registrar_that_goes_back_is_refused(settings: LazySettings, rolls: Path, tmp_path: Path) -> None:
    publish(rolls, follows=publish(rolls))
    fetch()
    settings.REGISTRARS = [registrar_at(tmp_path / "old")]
    publish(tmp_path / "old")
    with pytest.raises(CommandError, match="shows edition 1, but edition 2 is known"):
        fetch()


def test_a_registrar_with_two_editions_of_one_number_is_refused(settings: LazySettings, rolls: Path, tmp_path: Path) -> None:
    publish(rolls)
    fetch()
    settings.REGISTRARS = [registrar_at(tmp_path / "other")]
    publish(tmp_path / "other", names=("everyone",))
    with pytest.raises(CommandError, match="two editions 1"):
        fetch()


def test_a_chain_that_does_not_lead_to_the_known_edition_is_refused(settings: LazySettings, rolls: Path, tmp_path: Path) -> None:
    publish(rolls)
    fetch()
    other = tmp_path / "other"
    publish(other, follows=publish(other, names=("everyone",)))
    settings.REGISTRARS = [registrar_at(other)]
    with pytest.raises(CommandError, match="names another edition 1"):
        fetch()
    assert Edition.objects.count() == 1


def test_one_registrar_that_fails_does_not_keep_the_others_from_being_fetched(settings: LazySettings, rolls: Path, tmp_path: Path) -> None:
    publish(rolls)
    settings.REGISTRARS = [registrar_at(tmp_path / "missing", host="absent.example.org"), registrar_at(rolls)]
    with pytest.raises(CommandError, match=r"absent.example.org: The roll could not be fetched"):
        fetch()
    assert Edition.objects.get().registrar == REGISTRAR


def test_without_a_registrar_the_command_says_so_and_ends_no_term(settings: LazySettings, visitor: Visitor, member: Member) -> None:
    settings.REGISTRARS = []
    with pytest.raises(CommandError, match="names no registrar"):
        fetch()
    assert Member.objects.get().may_write


def test_a_registrar_no_longer_named_leaves_its_members_reading_until_it_is_back(
    settings: LazySettings, edition: Manifest, visitor: Visitor, member: Member, tmp_path: Path
) -> None:
    demo = Member.objects.create(pseudonym="demo", skeleton="demo", nullifier=bytes(32), term_ends_on=today(), is_demo=True)
    second = registrar_at(tmp_path / "second", host="annuaire.example.org", key=STRANGER)
    publish(tmp_path / "second", host="annuaire.example.org", key=STRANGER)
    settings.REGISTRARS = [*settings.REGISTRARS, second]
    fetch()
    member.refresh_from_db()
    assert member.may_write
    first, settings.REGISTRARS = settings.REGISTRARS[0], [second]
    assert "1 members can only read" in fetch()
    assert not Member.objects.get(pk=member.pk).may_write
    assert "no longer accepted here" in Member.objects.get(pk=member.pk).read_only_reason
    assert Member.objects.get(pk=demo.pk).may_write
    assert {badge.registrar for badge in offered_badges()} == {"annuaire.example.org"}
    settings.REGISTRARS = [first, second]
    assert "only read" not in fetch()
    assert Member.objects.get(pk=member.pk).may_write


def test_a_registrar_that_changed_its_key_keeps_its_chain(settings: LazySettings, rolls: Path) -> None:
    publish(rolls)
    fetch()
    settings.REGISTRARS = [registrar_at(rolls, key=STRANGER)]
    with pytest.raises(CommandError, match="not signed"):
        fetch()
    settings.REGISTRARS = [registrar_at(rolls, key=KEY)]
    assert "edition 1 of 2026-11-02 is accepted" in fetch()
