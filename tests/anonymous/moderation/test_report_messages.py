"""Private messages are reported by whoever got them, in the words that their own browser opened; the server opens none."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member, Sanction
from curbside.anonymous.messages import actions as messages
from curbside.anonymous.messages.models import Message
from curbside.anonymous.moderation.judging import REPORT_LIMIT
from curbside.anonymous.moderation.models import Decision, LogEntry, MessageReport
from curbside.anonymous.sealing.models import SealedText
from curbside.kit import clock
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import browser_of, make_member, stranger, words_of
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.messages.cast import Correspondent, a_message, an_open_conversation

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

SAID = {"reason": "abuse", "quoted": "You are a fraud, and everyone knows it.", "words": "Third time."}
JUDGED = {"action": "remove", "reason": "abuse", "sanction": "", "weeks": "1", "sentence": ""}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for limit in (REPORT_LIMIT, messages.MESSAGE_LIMIT, messages.REQUEST_LIMIT):
        limit._uses.clear()


@pytest.fixture
def heron(db: None) -> Correspondent:
    return Correspondent("quiet-heron-41")


@pytest.fixture
def otter(db: None) -> Correspondent:
    return Correspondent("brave-otter-12")


@pytest.fixture
def message(heron: Correspondent, otter: Correspondent) -> Message:
    """One that the heron wrote to the otter."""
    return a_message(an_open_conversation(heron, otter))


def moderates(pseudonym: str, **hub: str) -> Client:
    member = make_member(pseudonym)
    call_command("appoint_moderator", member.pseudonym, **hub, stdout=StringIO())
    return browser_of(member)


@pytest.fixture
def crane(db: None) -> Client:
    return moderates("even-crane-08")


def report_of(message: Message) -> str:
    return f"/moderation/messages/{public_id(message.pk)}/report/"


def judgement_of(report: MessageReport) -> str:
    return f"/moderation/messages/reports/{public_id(report.pk)}/judge/"


def report(otter: Correspondent, message: Message) -> MessageReport:
    assert otter.browser.post(report_of(message), SAID).status_code == 302
    return MessageReport.objects.get()


def test_a_report_carries_the_reporters_own_words_sealed(otter: Correspondent, message: Message, crane: Client) -> None:
    page = words_of(otter.browser.get(report_of(message)))
    assert 'data-messages="report"' in page  # where the script opens the message
    made = report(otter, message)
    sealed = bytes(SealedText.objects.get(pk=made.text_id).ciphertext or b"")
    assert b"fraud" not in sealed
    assert "has not looked at it yet" in words_of(otter.browser.get("/moderation/mine/"))
    shown = words_of(crane.get(judgement_of(made)))
    assert "You are a fraud" in shown
    assert "Third time." in shown
    assert not [member for member in (made.reporter, made.accused) if member.pseudonym in shown]


def test_a_removal_takes_the_message_from_both_and_is_counted(
    heron: Correspondent, otter: Correspondent, message: Message, crane: Client
) -> None:
    made = report(otter, message)
    assert crane.post(judgement_of(made), JUDGED | {"sentence": "argue"}).status_code == 302
    assert not Message.objects.filter(pk=message.pk).exists()
    told = words_of(heron.browser.get("/moderation/mine/"))
    assert "A private message of yours" in told
    assert "Write to the argument" in told
    assert "A moderator removed it." in words_of(otter.browser.get("/moderation/mine/"))
    assert "Private message removed" in words_of(stranger().get("/moderation/counts/"))
    assert LogEntry.objects.get().case_id is None
    assert "Private message removed" in words_of(crane.get("/moderation/"))


def test_a_suspension_can_be_appealed_and_the_second_moderator_reads_the_same_words(
    heron: Correspondent, otter: Correspondent, message: Message, crane: Client
) -> None:
    crane.post(judgement_of(report(otter, message)), JUDGED | {"action": "keep", "sanction": "suspend"})
    heron.member.refresh_from_db()
    assert not heron.member.may_write
    address = f"/moderation/decisions/{public_id(Decision.objects.get().pk)}/"
    assert heron.browser.post(f"{address}appeal/", {"words": "It was a quotation."}).status_code == 302
    assert crane.get(f"{address}judge/").status_code == 404
    second = moderates("slow-tern-21")
    assert "You are a fraud" in words_of(second.get(f"{address}judge/"))
    assert second.post(f"{address}judge/", {"verdict": "reverse"}).status_code == 302
    assert not Sanction.objects.exists()
    assert LogEntry.objects.filter(deed="show", case_id=None).exists()


def test_what_is_left_as_it_was_is_forgotten_at_once_and_the_rest_after_a_month(
    otter: Correspondent, message: Message, crane: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = report(otter, message)
    crane.post(judgement_of(made), JUDGED | {"action": "keep"})
    assert SealedText.objects.get(pk=made.text_id).key_id is None
    MessageReport.objects.all().delete()
    another = report(otter, message)
    crane.post(judgement_of(another), JUDGED)
    begin = clock.now()
    for days, kept in ((30, True), (31, False)):
        monkeypatch.setattr(clock, "now", lambda days=days: begin + timedelta(days=days))
        call_command("forget_decisions", stdout=StringIO())
        assert MessageReport.objects.exists() == kept
        assert (SealedText.objects.get(pk=another.text_id).key_id is not None) == kept


def test_erasing_the_message_helps_nobody_out_of_a_judgement(
    heron: Correspondent, otter: Correspondent, message: Message, crane: Client
) -> None:
    made = report(otter, message)
    heron.post(f"/messages/one/{public_id(message.pk)}/remove/", {})
    assert crane.post(judgement_of(made), JUDGED | {"sanction": "warn"}).status_code == 302
    assert Sanction.objects.get().nullifier == heron.member.nullifier


def test_only_who_got_it_reports_it_and_once(heron: Correspondent, otter: Correspondent, message: Message) -> None:
    owl = Correspondent("late-owl-77")
    for client in (heron.browser, owl.browser):
        assert client.get(report_of(message)).status_code == 404
        assert client.post(report_of(message), SAID).status_code == 404
    assert stranger().post(report_of(message), SAID).status_code == 302
    assert otter.browser.get(f"/moderation/messages/{public_id(random_id())}/report/").status_code == 404
    assert not MessageReport.objects.exists()
    report(otter, message)
    assert otter.browser.post(report_of(message), SAID).status_code == 409
    with pytest.raises(IntegrityError):
        MessageReport.objects.create(message_id=1, reporter=otter.member, accused=otter.member, reason="abuse", text_id=random_id())


@pytest.mark.parametrize("missing", ["reason", "quoted"])
def test_an_unfinished_report_keeps_what_was_typed(otter: Correspondent, message: Message, missing: str) -> None:
    answer = otter.browser.post(report_of(message), SAID | {missing: ""})
    assert answer.status_code == 422
    assert "Third time." in words_of(answer)


def test_reports_of_messages_share_the_limit_of_all_reports(otter: Correspondent, message: Message) -> None:
    for _time in range(REPORT_LIMIT.times):
        REPORT_LIMIT.count(str(otter.member.pk))
    assert otter.browser.post(report_of(message), SAID).status_code == 429


def test_moderators_of_one_hub_and_the_two_themselves_judge_no_messages(
    heron: Correspondent, otter: Correspondent, message: Message
) -> None:
    made = report(otter, message)
    there = moderates("grey-swift-02", specialty="urology")
    assert "Private messages" not in words_of(there.get("/moderation/queue/"))
    assert there.get(judgement_of(made)).status_code == 404
    for correspondent in (heron, otter):
        assert correspondent.browser.get(judgement_of(made)).status_code == 404
        call_command("appoint_moderator", correspondent.member.pseudonym, stdout=StringIO())
        assert correspondent.browser.post(judgement_of(made), JUDGED).status_code == 404
    assert Message.objects.filter(pk=message.pk).exists()


def test_it_is_judged_once_and_cannot_be_hidden(otter: Correspondent, message: Message, crane: Client) -> None:
    made = report(otter, message)
    assert crane.post(judgement_of(made), JUDGED | {"action": "hide"}).status_code == 422
    assert crane.post(judgement_of(made), {"action": "remove"}).status_code == 422
    assert crane.post(judgement_of(made), JUDGED).status_code == 302
    assert crane.post(judgement_of(made), JUDGED).status_code == 404
    assert crane.delete(judgement_of(made)).status_code == 405


@pytest.mark.parametrize("who", ["heron", "otter"])
def test_what_a_report_quotes_goes_when_either_leaves(heron: Correspondent, otter: Correspondent, message: Message, who: str) -> None:
    made = report(otter, message)
    leaver: Member = heron.member if who == "heron" else otter.member
    leave(member=leaver)
    assert not MessageReport.objects.exists()
    assert SealedText.objects.get(pk=made.text_id).key_id is None


def test_an_export_holds_what_one_reported_and_not_what_was_reported_of_one(
    heron: Correspondent, otter: Correspondent, message: Message
) -> None:
    report(otter, message)
    assert "You are a fraud" in str(export_all_of(otter.member))
    assert "You are a fraud" not in str(export_all_of(heron.member))


@pytest.mark.parametrize("count", [1, 200])
def test_the_queue_makes_the_same_queries_for_one_message_and_for_twenty(
    heron: Correspondent, otter: Correspondent, crane: Client, count: int
) -> None:
    MessageReport.objects.bulk_create(
        MessageReport(message_id=random_id(), reporter=otter.member, accused=heron.member, reason="abuse", text_id=random_id())
        for _ in range(count)
    )
    with named_queries() as queries:
        assert words_of(crane.get("/moderation/queue/")).count("it attacks a person") == count
    assert queries.count("select moderation_messagereport") == 1
    assert len(queries) == 6


def test_every_message_of_the_others_offers_a_report(otter: Correspondent, message: Message) -> None:
    page = otter.page("show_conversation", message.conversation_id)
    assert f'data-report-url="/moderation/messages/{public_id(0)}/report/"' in page


def test_a_request_offers_one_too(heron: Correspondent, otter: Correspondent) -> None:
    heron.ask(otter)
    assert report_of(Message.objects.get()) in otter.page("requests")


def test_a_moderator_who_is_accused_sees_no_report(heron: Correspondent, otter: Correspondent, message: Message, crane: Client) -> None:
    """They would know who reported: nobody else could."""
    call_command("appoint_moderator", heron.member.pseudonym, stdout=StringIO())
    made = report(otter, message)
    address = judgement_of(made)
    assert address in crane.get("/moderation/queue/").content.decode()
    assert address not in heron.browser.get("/moderation/queue/").content.decode()
    for method in ("get", "post"):
        assert getattr(heron.browser, method)(address, JUDGED).status_code == 404
    made.refresh_from_db()
    assert made.outcome == "open"
