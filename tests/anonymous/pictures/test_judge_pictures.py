"""A moderator sees the pictures of a case that is judged, also while it is hidden; nobody else does by that way."""

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.cases.actions import hide_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Decision
from curbside.anonymous.pictures.actions import receive_picture
from curbside.anonymous.pictures.models import Picture
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import browser_of, make_member, stranger, words_of
from tests.anonymous.pictures.cast import a_png, with_pictures

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture
def as_moderator(db: None) -> Client:
    member = make_member("even-crane-08")
    call_command("appoint_moderator", member.pseudonym, verbosity=0)
    return browser_of(member)


@pytest.fixture
def hidden(as_author: Client, author: Member, picture: Picture) -> Case:
    as_author.post("/cases/new/", with_pictures([picture], author, undecided="1"))
    case = Case.objects.get()
    hide_case(case=case, reason=None)
    return case


def test_a_moderator_sees_the_pictures_of_a_hidden_case(
    as_moderator: Client, as_other: Client, as_author: Client, author: Member, hidden: Case, picture: Picture
) -> None:
    address = f"/moderation/cases/{public_id(hidden.pk)}/pictures/{public_id(picture.pk)}/"
    assert address in words_of(as_moderator.get(f"/moderation/cases/{public_id(hidden.pk)}/judge/"))
    response = as_moderator.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert as_moderator.post(address).status_code == 405
    assert [client.get(address).status_code for client in (as_other, as_author, stranger())] == [404, 404, 302]


def test_so_does_a_moderator_who_judges_an_appeal(as_moderator: Client, author: Member, hidden: Case, picture: Picture) -> None:
    decision = Decision.objects.create(case_id=hidden.pk, author=author, action="hide", reason="patient", appeal="waiting")
    words = words_of(as_moderator.get(f"/moderation/decisions/{public_id(decision.pk)}/judge/"))
    assert f"/moderation/cases/{public_id(hidden.pk)}/pictures/{public_id(picture.pk)}/" in words


def test_pictures_that_hang_elsewhere_are_not_reached_through_a_case(as_moderator: Client, author: Member, hidden: Case) -> None:
    held = receive_picture(sender=author, data=a_png())
    assert as_moderator.get(f"/moderation/cases/{public_id(hidden.pk)}/pictures/{public_id(held.pk)}/").status_code == 404
