import pytest

from curbside.anonymous.membership.models import Member, Passkey, Session
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import Visitor
from tests.anonymous.membership.conftest import MakeVisitor


def test_a_passkey_signs_its_member_in(make_visitor: MakeVisitor, member: Member) -> None:
    visitor = make_visitor()
    assert visitor.sign_in(SoftPasskey(1, uses=5)) == (200, {"next": "/"})
    assert visitor.member == member


def test_sign_in_leads_back_to_the_page_asked_for_and_to_no_other_site(make_visitor: MakeVisitor, member: Member) -> None:
    uses = 5
    for wanted, expected in (("/membership/", "/membership/"), ("//evil.example", "/"), ("https://evil.example/", "/"), ("", "/")):
        uses += 1
        assert make_visitor().sign_in(SoftPasskey(1, uses=uses), next=wanted)[1] == {"next": expected}


def test_no_counter_is_kept_and_one_that_falls_back_is_no_matter(make_visitor: MakeVisitor, member: Member) -> None:
    """Many keys count for all sites together: the number would pair a member with whoever signs in elsewhere."""
    assert "counter" not in {field.name for field in Passkey._meta.get_fields()}
    for uses in (50, 5):
        assert make_visitor().sign_in(SoftPasskey(1, uses=uses))[0] == 200
    assert make_visitor().sign_in(SoftPasskey(1, counts=False))[0] == 200


def test_an_unknown_passkey_and_a_wrong_one_get_the_same_answer(make_visitor: MakeVisitor, member: Member) -> None:
    forger = SoftPasskey(9)
    forger.credential_id = SoftPasskey(1).credential_id
    unknown, wrong = make_visitor().sign_in(SoftPasskey(8)), make_visitor().sign_in(forger)
    assert unknown == wrong
    assert unknown[0] == 400


def test_an_answer_serves_once(make_visitor: MakeVisitor, member: Member) -> None:
    visitor = make_visitor()
    _status, options = visitor.post("/sign-in/options/", {})
    answer = {"passkey": SoftPasskey(1, uses=5).use(options["challenge"])}
    assert visitor.post("/sign-in/finish/", answer)[0] == 200
    visitor.client.post("/sign-out/")
    assert visitor.post("/sign-in/finish/", answer)[0] == 400


def test_the_session_key_changes_at_sign_in(make_visitor: MakeVisitor, member: Member) -> None:
    visitor = make_visitor()
    visitor.post("/sign-in/options/", {})
    planted = visitor.client.cookies["community"].value
    visitor.sign_in(SoftPasskey(1, uses=5))
    assert visitor.client.cookies["community"].value != planted


def test_sign_out_ends_the_session_and_forgets_its_row(visitor: Visitor, member: Member) -> None:
    assert visitor.client.get("/sign-out/").status_code == 405
    assert visitor.client.post("/sign-out/")["Location"] == "/sign-in/"
    assert visitor.member is None
    assert not Session.objects.exists()


def test_signed_in_members_are_led_on_from_the_doors(visitor: Visitor, member: Member) -> None:
    assert visitor.client.get("/sign-in/")["Location"] == "/"
    assert visitor.client.get("/join/")["Location"] == "/membership/"


def test_answers_of_the_doors_do_not_depend_on_which_members_there_are(make_visitor: MakeVisitor, member: Member) -> None:
    """No page takes a pseudonym but the join form's check, so nothing else can tell whether someone is here."""
    doors = ("/sign-in/", "/recover/", "/knock/")
    before = [make_visitor().client.get(door).content.replace(b"quiet-heron-41", b"") for door in doors]
    member.delete()
    after = [make_visitor().client.get(door).content for door in doors]
    assert [len(page) for page in before] == [len(page) for page in after]


@pytest.mark.parametrize(
    "path", ["/sign-in/options/", "/sign-in/finish/", "/knock/finish/", "/knock/passkey/options/", "/membership/passkeys/options/"]
)
def test_ceremonies_are_posted(visitor: Visitor, member: Member, path: str) -> None:
    assert visitor.client.get(path).status_code == 405


def test_ceremonies_are_limited(visitor: Visitor, db: None) -> None:
    answers = [visitor.post("/sign-in/options/", {})[0] for _ in range(61)]
    assert answers[:60] == [200] * 60
    assert answers[60] == 429
