import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from curbside.anonymous.membership import leaving
from curbside.anonymous.membership.access import require_writer
from curbside.anonymous.membership.actions import admit_demo_member
from curbside.anonymous.membership.models import Member, Passkey
from curbside.kit.clock import today
from curbside.kit.errors import NotAllowed
from curbside.kit.ids import public_id
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import Visitor
from tests.anonymous.membership.conftest import MakeVisitor

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

OWN_PAGES = ["/membership/", "/membership/renew/", "/membership/leave/"]
OWN_POSTS = [
    "/membership/sessions/end/",
    "/membership/export/",
    "/membership/leave/",
    "/membership/passkeys/options/",
    "/membership/passkeys/finish/",
]


def passkey_page(passkey: Passkey) -> str:
    return f"/membership/passkeys/{public_id(passkey.pk)}/"


@pytest.fixture
def stranger(db: None, client: Client) -> Client:
    client.force_login(admit_demo_member(pseudonym="brave-otter-12", nullifier=bytes(32)))
    return client


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_member_sees_their_own_pages_and_a_visitor_is_led_to_sign_in(visitor: Visitor, member: Member, client: Client, path: str) -> None:
    assert visitor.client.get(path).status_code == 200
    assert client.get(path)["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", OWN_POSTS)
def test_a_visitor_may_not_post_to_a_members_pages(client: Client, db: None, path: str) -> None:
    response = client.post(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_the_page_shows_pseudonym_badges_term_and_passkeys_in_five_queries(visitor: Visitor, member: Member) -> None:
    visitor.knock("renewal", "/membership/renew/")
    visitor.client.get("/membership/")
    with CaptureQueriesContext(connection) as queries:
        page = visitor.client.get("/membership/").content.decode()
    for shown in ("quiet-heron-41", "United Kingdom", "one of <strong>6</strong>", "directory.example.org", "This is your only passkey"):
        assert shown in page
    assert len(queries) == 5  # session, member, who vouches, badges, passkeys


def test_a_second_passkey_can_be_added_labelled_and_used(visitor: Visitor, make_visitor: MakeVisitor, member: Member) -> None:
    status, answer = visitor.make_passkey(SoftPasskey(5), "/membership/passkeys/", label="phone")
    assert (status, answer) == (200, {"next": "/membership/"})
    phone = Passkey.objects.get(label="phone")
    assert visitor.client.post(passkey_page(phone), {"label": "old phone"}).status_code == 302
    phone.refresh_from_db()
    assert phone.label == "old phone"
    assert make_visitor().sign_in(SoftPasskey(5, uses=5))[0] == 200


def test_the_same_passkey_is_not_kept_twice(visitor: Visitor, member: Member) -> None:
    assert visitor.make_passkey(SoftPasskey(1), "/membership/passkeys/")[0] == 400
    assert Passkey.objects.count() == 1


def test_the_last_passkey_cannot_be_deleted(visitor: Visitor, member: Member) -> None:
    last = Passkey.objects.get()
    assert "This is your last passkey" in visitor.client.get(passkey_page(last)).content.decode()
    assert visitor.client.post(f"{passkey_page(last)}delete/").status_code == 409
    assert Passkey.objects.exists()


def test_deleting_a_passkey_ends_all_other_sessions(visitor: Visitor, make_visitor: MakeVisitor, member: Member) -> None:
    visitor.make_passkey(SoftPasskey(5), "/membership/passkeys/", label="phone")
    phone = make_visitor()
    phone.sign_in(SoftPasskey(5, uses=5))
    assert visitor.client.post(f"{passkey_page(Passkey.objects.get(label='phone'))}delete/")["Location"] == "/membership/"
    assert phone.member is None
    assert visitor.member == member
    assert phone.sign_in(SoftPasskey(5, uses=9))[0] == 400


def test_a_strangers_passkey_does_not_exist(stranger: Client, member: Member) -> None:
    page = passkey_page(Passkey.objects.get())
    assert [
        stranger.get(page).status_code,
        stranger.post(page, {"label": "mine"}).status_code,
        stranger.post(f"{page}delete/").status_code,
    ] == [404] * 3
    assert Passkey.objects.get().label == ""


def test_signing_out_everywhere_keeps_this_session_only(visitor: Visitor, make_visitor: MakeVisitor, member: Member) -> None:
    phone = make_visitor()
    phone.sign_in(SoftPasskey(1, uses=5))
    visitor.client.post("/membership/sessions/end/")
    assert visitor.member == member
    assert phone.member is None


def test_who_wants_to_leave_must_say_so(visitor: Visitor, member: Member) -> None:
    response = visitor.client.post("/membership/leave/", {})
    assert "Tick the box" in response.content.decode()
    assert Member.objects.exists()


def test_the_page_says_that_posts_as_nobody_stay_and_how_to_erase_them_first(visitor: Visitor, member: Member) -> None:
    page = visitor.client.get("/membership/leave/").content.decode()
    assert "What you posted as nobody stays" in page
    assert "Did you write this?" in page


def test_leaving_erases_the_member_and_all_that_hangs_on_them(visitor: Visitor, member: Member) -> None:
    response = visitor.client.post("/membership/leave/", {"sure": "on"})
    assert response["Location"] == "/sign-in/"
    assert not Member.objects.exists()
    assert not Passkey.objects.exists()
    assert visitor.member is None


def test_leaving_has_every_room_erase_the_rooms_above_first(visitor: Visitor, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    erased: list[str] = []
    monkeypatch.setattr(leaving, "_erasers", [])
    leaving.on_leaving(lambda *, member: erased.append(f"below {member.pseudonym}"))
    leaving.on_leaving(lambda *, member: erased.append(f"above {member.pseudonym}"))
    visitor.client.post("/membership/leave/", {"sure": "on"})
    assert erased == ["above quiet-heron-41", "below quiet-heron-41"]


def test_if_one_room_fails_to_erase_nobody_has_left(visitor: Visitor, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, member: Member) -> None:
        Member.objects.filter(pk=member.pk).update(pseudonym="gone")
        raise RuntimeError

    monkeypatch.setattr(leaving, "_erasers", [fail])
    with pytest.raises(RuntimeError):
        visitor.client.post("/membership/leave/", {"sure": "on"})
    assert Member.objects.get().pseudonym == "quiet-heron-41"


def test_who_left_may_join_again_as_somebody_new(visitor: Visitor, make_visitor: MakeVisitor, member: Member) -> None:
    visitor.client.post("/membership/leave/", {"sure": "on"})
    assert make_visitor().knock("again", pseudonym="brave-otter-12") == (200, {"next": "/"})
    assert Member.objects.get().pseudonym == "brave-otter-12"


def test_the_export_holds_what_every_room_exports(visitor: Visitor, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "_exporters", [])
    leaving.on_export(lambda *, member: ("cases", [{"title": "été", "by": member.pseudonym}]))
    response = visitor.client.post("/membership/export/")
    assert response["Content-Disposition"] == 'attachment; filename="curbside.json"'
    assert json.loads(response.content) == {"pseudonym": "quiet-heron-41", "cases": [{"title": "été", "by": "quiet-heron-41"}]}


def test_the_export_can_be_read_without_a_program(visitor: Visitor, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "_exporters", [])
    piece = {"title": "été", "tests": ["ECG", "lactate"], "story": "Two\nlines", "outcome": None, "poll": {"yes": 3}}
    leaving.on_export(lambda *, member: ("Cases", [piece]))
    response = visitor.client.post("/membership/export/", {"format": "markdown"})
    assert response["Content-Disposition"] == 'attachment; filename="curbside.md"'
    body = response.content.decode().rstrip()
    heading = f"# {member.pseudonym}\n\n## Cases\n\n### 1\n\n"
    assert body == f"{heading}- title: été\n- tests: ECG; lactate\n- poll: yes: 3\n\n**story**\n\nTwo\nlines"


def test_a_member_whose_term_has_ended_reads_only(visitor: Visitor, member: Member, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = member
    assert require_writer(request) == member
    member.term_ends_on = today() - timedelta(days=1)
    with pytest.raises(NotAllowed, match="Renew it"):
        require_writer(request)
    Member.objects.update(term_ends_on=member.term_ends_on)
    assert "you can read, but not write" in visitor.client.get("/membership/").content.decode()


def test_require_writer_knows_the_lazy_user_of_a_request(member: Member, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = SimpleLazyObject(lambda: member)  # type: ignore[assignment] # as the middleware does
    assert require_writer(request) == member
