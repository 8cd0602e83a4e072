"""A member asks a poll; another votes on a phone, is asked once more, and sees the answers; a case asks one, answered without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.members import run, sign_in_as
from tests.browser.person import Person
from tests.browser.steps import follow, heading, press

pytestmark = pytest.mark.browser

QUESTION = "Do you bridge with heparin before ablation?"
OTHERS_VOTE = """
import secrets
from datetime import timedelta
import django
django.setup()
from curbside.anonymous.membership.models import Badge, Member
from curbside.anonymous.polls.actions import cast_vote
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.queries import poll_text
from curbside.kit.clock import today
from curbside.kit.registrars import registrars
poll = Poll.objects.get(inside=False, author__pseudonym="calm-raven-21")
host = (registrars() or [None])[0]
for number in range(14):
    spelled = {"pseudonym": f"voter-{number}", "skeleton": f"voter-{number}"}
    ends = today() + timedelta(days=30)
    voter = Member.objects.create(**spelled, nullifier=secrets.token_bytes(32), term_ends_on=ends, is_demo=True)
    if number < 5:
        Badge.objects.create(member=voter, registrar=host.host if host else "x", roll="gb/cardiology", crowd=40)
    cast_vote(poll=poll, voter=voter, options=[min(number % 4, 2)], wording=poll_text(poll).wording())
"""


def test_a_poll_is_asked_voted_in_and_seen(installation: Installation, person: Callable[..., Person]) -> None:
    place, asker, voter = installation, person(), person(390, dark=True)
    sign_in_as(["calm-raven-21", "mild-finch-22"], [asker, voter], place)
    poll = ask(asker, place)
    run(place, OTHERS_VOTE)
    vote_on_a_phone(voter, poll)
    find_on_a_phone(voter, place)
    close(asker, poll)
    case = ask_in_a_case(asker, place)
    vote_without_scripts(voter, case)


def ask(asker: Person, place: Installation) -> str:
    page = asker.page
    page.goto(f"{place.community}/polls/")
    asker.look("community-polls")
    follow(page, "New poll")
    page.get_by_label("Specialty").select_option("cardiology")
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Options").fill("Always, in everyone who is on a vitamin K antagonist\nOnly with a mechanical valve\nNever")
    press(page, "Post poll")
    heading(page, re.escape(QUESTION))
    asker.look("community-poll-asked")
    return page.url


def vote_on_a_phone(voter: Person, poll: str) -> None:
    page = voter.page
    page.goto(poll)
    expect(page.get_by_text("self-selected")).to_have_count(0)
    page.get_by_label("Only with a mechanical valve").check()
    voter.look("community-poll")
    press(page, "Vote")
    heading(page, "Your vote")
    voter.look("community-poll-confirm")
    press(page, "Count my vote")
    expect(page.get_by_text("15 answered, self-selected")).to_be_visible()
    page.locator("summary", has_text="By specialty").click()
    expect(page.get_by_role("heading", name=re.compile("Cardiology"))).to_be_visible()
    page.locator("summary", has_text="How to read this").click()
    voter.look("community-poll-voted")
    page.goto(page.url.partition("#")[0].rsplit("/", 2)[0] + "/")
    voter.look("community-polls")


def find_on_a_phone(voter: Person, place: Installation) -> None:
    page = voter.page
    page.goto(f"{place.community}/search/")
    page.get_by_label("Search for").fill("bridging heparin")
    page.locator("summary", has_text="Narrow it down").click()
    page.get_by_label("What", exact=True).select_option("poll")
    page.get_by_label("How far").select_option("asked")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=QUESTION)).to_be_visible()
    expect(page.get_by_label("How far")).to_have_value("asked")
    voter.look("community-search-polls")


def close(asker: Person, poll: str) -> None:
    page = asker.page
    page.goto(poll)
    follow(page, "Close the poll now")
    asker.look("community-poll-close")
    press(page, "Close it now")
    expect(page.get_by_text("15 answered, self-selected")).to_be_visible()
    asker.look("community-poll-closed")


def ask_in_a_case(asker: Person, place: Installation) -> str:
    page = asker.page
    page.goto(f"{place.community}/cases/new/")
    page.get_by_label("Specialty").select_option("cardiology")
    page.get_by_label("Title").fill("Bleeding after ablation")
    page.get_by_label("Story").fill("A large haematoma of the groin, two units transfused.")
    page.locator("#id_question").fill("When would you start again?")
    page.locator("summary", has_text="Add a poll").click()
    page.locator("#id_poll-question").fill("Start anticoagulation again after")
    page.get_by_label("Options").fill("One day\nThree days\nA week")
    asker.look("community-compose-poll")
    press(page, "Post case")
    heading(page, "Bleeding after ablation")
    return page.url.partition("#")[0]


def vote_without_scripts(voter: Person, case: str) -> None:
    browser = voter.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=voter.context.storage_state())
    page = plain.new_page()
    page.goto(case)
    page.get_by_label("Three days").check()
    press(page, "Vote")
    press(page, "Count my vote")
    expect(page.get_by_text("1 answered, self-selected")).to_be_visible()
    plain.close()
    voter.page.goto(case)
    voter.look("community-case-poll")
