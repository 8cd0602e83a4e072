"""Roles by hub: a moderator of a specialty, of a country, or of both, sees and judges its posts alone."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Decision, Report
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import browser_of, make_member, show_badge, words_of
from tests.anonymous.cases.nobody import Nobody

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

JUDGED = {"action": "hide", "reason": "abuse", "sanction": "", "weeks": "1", "sentence": "argue"}


@pytest.fixture
def reported(as_other: Client, author: Member, case: Case) -> Case:
    """A case in anaesthetics by a member who shows the United Kingdom."""
    show_badge(author, "gb/anaesthetics", 40)
    as_other.post(f"/moderation/cases/{public_id(case.pk)}/report/", {"reason": "abuse"})
    return case


def moderator_of(**hub: str) -> Client:
    member = make_member("grey-swift-02")
    call_command("appoint_moderator", member.pseudonym, **hub, stdout=StringIO())
    return browser_of(member)


def judge(client: Client, case: Case) -> int:
    return client.post(f"/moderation/cases/{public_id(case.pk)}/judge/", JUDGED).status_code


@pytest.mark.parametrize(
    ("hub", "sees"),
    [
        ({}, True),
        ({"country": "gb"}, True),
        ({"country": "fr"}, False),
        ({"specialty": "anaesthetics", "country": "gb"}, True),
        ({"specialty": "anaesthetics", "country": "fr"}, False),
        ({"specialty": "urology", "country": "gb"}, False),
    ],
)
def test_a_moderator_sees_and_judges_the_posts_of_their_hub_alone(reported: Case, hub: dict[str, str], sees: bool) -> None:
    client = moderator_of(**hub)
    assert (public_id(reported.pk) in words_of(client.get("/moderation/queue/"))) == sees
    assert client.get(f"/moderation/cases/{public_id(reported.pk)}/judge/").status_code == (200 if sees else 404)
    assert judge(client, reported) == (302 if sees else 404)
    assert Decision.objects.exists() == sees


def test_the_queue_says_which_hub_it_is_of(db: None) -> None:
    assert "United Kingdom" in words_of(moderator_of(country="gb").get("/moderation/queue/"))
    assert "your hub" not in words_of(browser_of(all_of_it()).get("/moderation/queue/"))


def all_of_it() -> Member:
    member = make_member("even-crane-08")
    call_command("appoint_moderator", member.pseudonym, verbosity=0, stdout=StringIO())
    return member


def test_an_appeal_waits_for_its_hub(reported: Case, as_author: Client) -> None:
    judge(browser_of(all_of_it()), reported)
    decision = Decision.objects.get()
    assert decision.country == "gb"
    as_author.post(f"/moderation/decisions/{public_id(decision.pk)}/appeal/", {"words": "Please."})
    address = f"/moderation/decisions/{public_id(decision.pk)}/judge/"
    assert address not in words_of(moderator_of(country="fr").get("/moderation/queue/"))
    Member.objects.filter(pseudonym="grey-swift-02").delete()
    assert address in words_of(moderator_of(country="gb").get("/moderation/queue/"))


def test_who_shows_no_country_is_judged_by_moderators_of_none(as_other: Client, case: Case, nobody: Nobody) -> None:
    posted = nobody.posted()
    for post in (case, posted):
        as_other.post(f"/moderation/cases/{public_id(post.pk)}/report/", {"reason": "abuse"})
    assert set(Report.objects.values_list("country", flat=True)) == {""}
    assert words_of(moderator_of(country="gb").get("/moderation/queue/")).count("<tr data-row") == 0


def test_a_sentence_is_told_to_the_author_with_the_decision(reported: Case, as_author: Client) -> None:
    judge(browser_of(all_of_it()), reported)
    assert "Write to the argument, not to the person." in words_of(as_author.get("/moderation/mine/"))


def test_a_sentence_of_ones_own_is_refused(reported: Case) -> None:
    address = f"/moderation/cases/{public_id(reported.pk)}/judge/"
    assert browser_of(all_of_it()).post(address, JUDGED | {"sentence": "You are Dr Ruiz."}).status_code == 422


def test_the_list_of_moderators_says_their_hubs(db: None) -> None:
    moderator_of(specialty="urology", country="fr")
    said = StringIO()
    call_command("list_moderators", stdout=said)
    assert said.getvalue() == "grey-swift-02  urology fr\n"
