"""Leaving, exporting, adding and deleting passkeys ask for the passkey, unless it was shown within five minutes."""

import pytest
from django.test import Client

from curbside.anonymous.membership.actions import admit_demo_member
from curbside.anonymous.membership.models import Member, Passkey
from curbside.kit.ids import public_id
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import Visitor
from tests.anonymous.membership.conftest import MakeVisitor

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture
def idle(visitor: Visitor, member: Member) -> Visitor:
    """Signed in, as long ago as a session lasts."""
    del visitor.client.cookies["community-fresh"]
    return visitor


def test_an_idle_session_cannot_leave(idle: Visitor) -> None:
    for answer in (idle.client.get("/membership/leave/"), idle.client.post("/membership/leave/", {"sure": "on"})):
        assert answer["Location"] == "/confirm/?next=%2Fmembership%2Fleave%2F"
    assert Member.objects.exists()


def test_an_idle_session_cannot_export(idle: Visitor) -> None:
    assert idle.client.post("/membership/export/")["Location"] == "/confirm/?next=%2Fmembership%2F"


def test_an_idle_session_cannot_delete_a_passkey(idle: Visitor, member: Member) -> None:
    other = Passkey.objects.create(member=member, credential_id=b"other", public_key=b"key")
    answer = idle.client.post(f"/membership/passkeys/{public_id(other.pk)}/delete/")
    assert answer["Location"] == f"/confirm/?next=%2Fmembership%2Fpasskeys%2F{public_id(other.pk)}%2F"
    assert Passkey.objects.count() == 2


def test_an_idle_session_cannot_add_a_passkey(idle: Visitor) -> None:
    for step in ("options", "finish"):
        status, answer = idle.post(f"/membership/passkeys/{step}/", {})
        assert status == 403
        assert "shown again" in answer["error"]
    page = idle.client.get("/membership/").content.decode()
    assert 'href="/confirm/?next=/membership/"' in page
    assert 'data-passkey="create"' not in page


def test_ones_own_passkey_lets_one_go_on_where_one_was(idle: Visitor) -> None:
    page = idle.client.get("/confirm/?next=/membership/leave/").content.decode()
    assert 'name="next" value="/membership/leave/"' in page
    assert idle.confirm(next="/membership/leave/") == (200, {"next": "/membership/leave/"})
    assert idle.client.get("/membership/leave/").status_code == 200
    assert idle.client.post("/membership/export/").status_code == 200
    assert 'data-passkey="create"' in idle.client.get("/membership/").content.decode()


def test_somebody_elses_passkey_confirms_nothing(idle: Visitor) -> None:
    stranger, passkey = admit_demo_member(pseudonym="brave-otter-12", nullifier=bytes(32)), SoftPasskey(7)
    Passkey.objects.create(member=stranger, credential_id=passkey.credential_id, public_key=passkey.public_key())
    status, answer = idle.confirm(passkey)
    assert (status, "not a passkey of yours" in answer["error"]) == (400, True)
    assert idle.client.post("/membership/export/").status_code == 302


def test_who_just_signed_in_is_not_asked(make_visitor: MakeVisitor, member: Member) -> None:
    visitor = make_visitor()
    visitor.sign_in(SoftPasskey(1))
    assert visitor.client.get("/membership/leave/").status_code == 200


def test_the_page_leads_to_no_other_site(idle: Visitor) -> None:
    assert 'name="next" value="/"' in idle.client.get("/confirm/?next=//evil.example").content.decode()
    assert idle.confirm(next="https://evil.example/") == (200, {"next": "/"})


def test_a_visitor_has_nothing_to_confirm(client: Client, db: None) -> None:
    assert client.get("/confirm/").status_code == 302
    assert client.post("/confirm/options/").status_code == 302
