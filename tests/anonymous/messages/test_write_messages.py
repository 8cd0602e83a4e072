"""Requests, answers and messages between two members; and that a third sees nothing of it."""

import base64

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from curbside.anonymous.messages import actions
from curbside.anonymous.messages.models import Conversation, Message, MessageKey, Side
from curbside.anonymous.sealing.models import RingKey, SealedText
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import stranger
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.messages.cast import PIN, Correspondent, a_message, a_recipient, an_age_file, an_open_conversation

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

CONVERSATION_PAGES = ("show_conversation", "news", "earlier")
CONVERSATION_DEEDS = ("send", "keep_pin", "keep_compared", "accept", "decline")


def test_request_waits_until_it_is_accepted_and_is_one_message_only(heron: Correspondent, otter: Correspondent) -> None:
    status, answer = heron.ask(otter)
    conversation = Conversation.objects.get()
    assert (status, answer) == (200, {"next": f"/messages/with/{public_id(conversation.pk)}/"})
    assert (conversation.state, conversation.opener) == (Conversation.State.ASKED, heron.member)
    assert "Your request waits." in heron.page("conversations")
    assert "quiet-heron-41" in otter.page("requests")
    assert "quiet-heron-41" not in otter.page("conversations")
    status, answer = heron.send(otter, conversation)
    assert (status, answer["error"]) == (409, "Your request waits. You can write more once it is accepted.")
    otter.press("accept", conversation.pk)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.opener) == (Conversation.State.OPEN, None)
    assert heron.send(otter, conversation) == (200, {})
    assert "brave-otter-12" not in otter.page("requests").replace("brave-otter-12, nobody", "")


def test_answer_to_a_request_accepts_it(heron: Correspondent, otter: Correspondent) -> None:
    heron.ask(otter)
    conversation = Conversation.objects.get()
    assert otter.send(heron, conversation) == (200, {})
    conversation.refresh_from_db()
    assert conversation.state == Conversation.State.OPEN


def test_request_is_short(heron: Correspondent, otter: Correspondent) -> None:
    assert heron.ask(otter, message=an_age_file(8192))[1]["error"] == "A request is one short message. Shorten it."
    assert not Conversation.objects.exists()
    assert heron.ask(otter, message=an_age_file(2048))[0] == 200


def test_who_asked_cannot_tell_decline_block_and_silence_apart(heron: Correspondent, otter: Correspondent, owl: Correspondent) -> None:
    seen = []
    for act in ("nothing", "decline", "block"):
        Conversation.objects.all().delete()
        heron.ask(otter)
        conversation = Conversation.objects.get()
        news = reverse("messages:news", args=[conversation.pk])
        version = heron.browser.get(news).headers["ETag"]
        if act == "decline":
            otter.press("decline", conversation.pk)
        elif act == "block":
            otter.press("block", "quiet-heron-41")
        assert "quiet-heron-41" not in otter.page("requests") or act == "nothing"
        assert heron.browser.get(news, headers={"If-None-Match": version}).status_code == 304
        words = heron.page("show_conversation", conversation.pk)
        seen.append(("Your request waits." in words, "Accept" in words, heron.send(otter, conversation), heron.ask(otter)[1]))
    assert seen[0] == seen[1] == seen[2]


def test_blocked_member_may_ask_and_nobody_hears_it(heron: Correspondent, otter: Correspondent) -> None:
    otter.press("block", "quiet-heron-41")
    assert heron.ask(otter)[0] == 200
    conversation = Conversation.objects.get()
    assert "quiet-heron-41" not in otter.page("requests")
    page = otter.page("show_conversation", conversation.pk)
    assert "You have blocked this member" in page
    assert "age" not in otter.browser.get(reverse("messages:news", args=[conversation.pk])).json()
    assert otter.browser.get(reverse("messages:news", args=[conversation.pk])).json()["messages"] == []
    assert otter.browser.get(reverse("messages:earlier", args=[conversation.pk])).json()["messages"] == []
    assert otter.send(heron, conversation)[0] == 409
    assert "quiet-heron-41" in otter.page("key")
    otter.press("unblock", "quiet-heron-41")
    assert "quiet-heron-41" in otter.page("requests")


def test_message_in_an_open_conversation_to_who_blocked_looks_sent_and_is_not_heard(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    otter.press("block", "quiet-heron-41")
    assert heron.send(otter, conversation) == (200, {})
    assert "quiet-heron-41" not in otter.page("conversations")
    assert heron.browser.get(reverse("messages:news", args=[conversation.pk])).json()["messages"].__len__() == 2


def test_third_member_and_visitors_find_nothing(heron: Correspondent, otter: Correspondent, owl: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    message = a_message(conversation)
    for page in CONVERSATION_PAGES:
        assert owl.browser.get(reverse(f"messages:{page}", args=[conversation.pk])).status_code == 404
        assert stranger().get(reverse(f"messages:{page}", args=[conversation.pk])).status_code == 302
    for deed in CONVERSATION_DEEDS:
        assert owl.press(deed, conversation.pk) == 404
        assert stranger().post(reverse(f"messages:{deed}", args=[conversation.pk])).status_code == 302
        assert heron.browser.get(reverse(f"messages:{deed}", args=[conversation.pk])).status_code == 405
    assert owl.press("remove", message.pk) == 404
    assert otter.press("remove", message.pk) == 404
    for page in ("conversations", "requests", "key"):
        assert stranger().get(reverse(f"messages:{page}")).status_code == 302
        assert owl.browser.post(reverse(f"messages:{page}")).status_code == 405
        assert "brave-otter-12" not in owl.page(page)


def test_nobody_writes_to_themselves_or_to_a_pseudonym_that_is_none(heron: Correspondent) -> None:
    assert heron.browser.get(reverse("messages:write_to", args=["quiet-heron-41"])).status_code == 302
    assert heron.press("ask", "quiet-heron-41") == 404
    assert heron.press("block", "quiet-heron-41") == 404
    assert heron.browser.get(reverse("messages:write_to", args=["nobody-here-1"])).status_code == 404


def test_first_message_leads_to_the_conversation_where_there_is_one(heron: Correspondent, otter: Correspondent) -> None:
    assert "one, and short" in heron.page("write_to", "brave-otter-12")
    conversation = an_open_conversation(heron, otter)
    for one, other in ((heron, otter), (otter, heron)):
        response = one.browser.get(reverse("messages:write_to", args=[other.member.pseudonym]))
        assert (response.status_code, response.headers["Location"]) == (302, f"/messages/with/{public_id(conversation.pk)}/")
    assert otter.ask(heron) == (200, {"next": f"/messages/with/{public_id(conversation.pk)}/"})
    assert Conversation.objects.count() == 1


def test_member_without_a_key_is_told_and_cannot_be_written_to(heron: Correspondent) -> None:
    bare = Correspondent("bare-wren-9", with_key=False)
    assert "has not made a message key yet" in heron.page("write_to", "bare-wren-9")
    assert "You have no message key yet" in bare.page("write_to", "quiet-heron-41")
    assert heron.ask(bare)[0] == 409
    assert bare.ask(heron)[0] == 409
    assert not Conversation.objects.exists()


def test_member_whose_term_is_over_reads_and_deletes_but_does_not_write(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    heron.member.term_ends_on = heron.member.term_ends_on.replace(year=2020)
    heron.member.save()
    assert "Your term ended" in heron.page("show_conversation", conversation.pk)
    assert heron.send(otter, conversation)[0] == 403
    assert heron.post(reverse("messages:keep_key"), {"recipient": a_recipient()})[0] == 403
    assert heron.press("remove", a_message(conversation).pk) == 200


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Chest pain, 54, would you see him?",
        base64.b64encode(b"Chest pain, 54, would you see him?").decode(),
        an_age_file(513),
        an_age_file(16384 * 2),
        an_age_file(recipients=1),
        an_age_file(recipients=3),
        an_age_file() + "\n",
    ],
)
def test_anything_but_a_padded_age_file_for_two_is_refused(heron: Correspondent, otter: Correspondent, message: str) -> None:
    assert heron.ask(otter, message=message)[0] == 400
    assert not SealedText.objects.exists()


@pytest.mark.parametrize("changes", [{"from": "age1"}, {"to": "AGE-SECRET-KEY-1"}, {"pin": "short"}, {"pin": ""}])
def test_wrong_keys_and_codes_are_refused(heron: Correspondent, otter: Correspondent, changes: dict[str, str]) -> None:
    assert heron.ask(otter, **changes)[0] == 400


def test_file_for_a_key_that_was_replaced_is_refused(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    former = otter.recipient
    otter.recipient = a_recipient()
    assert otter.post(reverse("messages:keep_key"), {"recipient": otter.recipient}) == (200, {"next": "/messages/key/"})
    status, answer = heron.send(otter, conversation, to=former)
    assert (status, "A key changed meanwhile" in answer["error"]) == (409, True)
    assert heron.send(otter, conversation) == (200, {})


def test_new_key_forgets_the_codes_made_with_the_old_and_leaves_the_others(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    otter.send(heron, conversation)
    for each in (heron, otter):
        assert each.post(reverse("messages:keep_compared", args=[conversation.pk]), {"compared": "B" * 43}) == (200, {})
    otter.post(reverse("messages:keep_key"), {"recipient": a_recipient()})
    codes = {side.member_id: (side.pin, side.compared) for side in Side.objects.all()}
    assert codes == {heron.member.pk: (PIN, "B" * 43), otter.member.pk: ("", "")}
    heron.post(reverse("messages:keep_pin", args=[conversation.pk]), {"pin": "C" * 43})
    assert Side.objects.get(member=heron.member).pin == "C" * 43


def test_nobody_takes_anothers_public_key_for_their_own(heron: Correspondent, otter: Correspondent) -> None:
    assert heron.post(reverse("messages:keep_key"), {"recipient": otter.recipient})[0] == 409
    assert MessageKey.objects.get(member=heron.member).recipient == heron.recipient


def test_page_with_nothing_new_gets_304_in_three_queries(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    news = reverse("messages:news", args=[conversation.pk])
    version = heron.browser.get(news).headers["ETag"]
    with named_queries() as names:
        response = heron.browser.get(news, headers={"If-None-Match": version})
    assert (response.status_code, response.content) == (304, b"")
    assert names == ["select membership_session", "select membership_member", "select private_messages_side"]
    otter.send(heron, conversation)
    fresh = heron.browser.get(news, headers={"If-None-Match": version})
    assert [message["own"] for message in fresh.json()["messages"]].count(False) == 1
    assert heron.browser.get(news, headers={"If-None-Match": fresh.headers["ETag"]}).status_code == 304
    otter.post(reverse("messages:keep_key"), {"recipient": a_recipient()})
    assert heron.browser.get(news, headers={"If-None-Match": fresh.headers["ETag"]}).status_code == 200


def test_reading_writes_nothing(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    for route, arguments in (("conversations", ()), ("requests", ()), ("show_conversation", (conversation.pk,)), ("key", ())):
        with named_queries() as names:
            otter.page(route, *arguments)
        assert {query.split()[0] for query in names} == {"select"}


def test_lists_cost_the_same_at_any_length(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(otter, heron)
    make_missing_shelves()
    counts: dict[str, list[int]] = {"conversations": [], "requests": [], "show_conversation": []}
    for total in (1, 8):
        for number in range(total):
            asking, answered = Correspondent(f"finch-{total}-{number}"), Correspondent(f"robin-{total}-{number}")
            assert asking.ask(heron)[0] == answered.ask(heron)[0] == heron.ask(answered)[0] == heron.send(otter, conversation)[0] == 200
        for route, queries in counts.items():
            with named_queries() as names:
                heron.page(route, *([conversation.pk] if route == "show_conversation" else []))
            queries.append(len(names))
    assert len(heron.page("conversations").split("/messages/with/")) == 11
    assert counts == {"conversations": [7, 7], "requests": [9, 9], "show_conversation": [8, 8]}


def test_long_conversation_comes_in_pages_without_gap_or_repeat(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    for _ in range(44):
        assert heron.send(otter, conversation)[0] == 200
    shown = otter.browser.get(reverse("messages:news", args=[conversation.pk])).json()
    found = [message["id"] for message in shown["messages"]]
    while shown["earlier"]:
        shown = otter.browser.get(reverse("messages:earlier", args=[conversation.pk]), {"after": shown["earlier"]}).json()
        found = [message["id"] for message in shown["messages"]] + found
    assert len(found) == len(set(found)) == 45
    assert set(found) == {public_id(pk) for pk in Message.objects.values_list("pk", flat=True)}


def test_only_so_many_requests_may_wait(heron: Correspondent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    others = [Correspondent(f"finch-{number}") for number in range(3)]
    assert [heron.ask(other)[0] for other in others] == [200, 200, 429]
    Conversation.objects.update(state=Conversation.State.OPEN, opener=None)
    assert heron.ask(others[2])[0] == 200


def test_requests_and_messages_are_limited(heron: Correspondent, otter: Correspondent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.REQUEST_LIMIT, "times", 1)
    monkeypatch.setattr(actions.MESSAGE_LIMIT, "times", 2)
    conversation = an_open_conversation(heron, otter)
    assert heron.ask(Correspondent("finch-1"))[0] == 429
    assert [heron.send(otter, conversation)[0] for _ in range(2)] == [200, 429]


def test_database_keeps_two_members_apart_and_one_conversation_of_two(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    for wrong in ({"member": heron.member, "other": heron.member}, {"member": heron.member, "other": otter.member}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Side.objects.create(conversation=conversation, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.create(state=Conversation.State.OPEN, opener=heron.member)


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_message_is_sealed_once_more_and_its_key_goes_with_it(heron: Correspondent, otter: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    file = an_age_file()
    heron.send(otter, conversation, message=file)
    stored = b"".join(bytes(text.ciphertext) for text in SealedText.objects.all())
    assert file.encode() not in stored
    assert base64.b64decode(file) not in stored
    assert RingKey.objects.count() == 2
    message = Message.objects.get(text_id=SealedText.objects.latest("changed").pk)
    assert heron.press("remove", message.pk) == 200
    assert RingKey.objects.count() == 1
    assert len(otter.browser.get(reverse("messages:news", args=[conversation.pk])).json()["messages"]) == 1
