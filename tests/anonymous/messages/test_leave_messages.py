"""What becomes of messages when a member leaves, and what an export holds of them."""

import pytest

from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.messages.models import Conversation, Message, MessageKey, Side
from curbside.anonymous.shelf.models import Shelf
from tests.anonymous.cases.queries import keys_of_posts
from tests.anonymous.messages.cast import Correspondent, an_age_file, an_open_conversation

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_leaving_erases_the_conversation_for_both(heron: Correspondent, otter: Correspondent, owl: Correspondent) -> None:
    conversation = an_open_conversation(heron, otter)
    otter.send(heron, conversation)
    owl.ask(otter)
    heron.press("block", "late-owl-77")
    owl.press("block", "quiet-heron-41")
    leave(member=heron.member)
    assert Conversation.objects.count() == 1
    assert Message.objects.get().author == owl.member
    assert Side.objects.filter(member=otter.member).count() == 1
    assert len(keys_of_posts()) == 1
    assert MessageKey.objects.count() == 2
    assert set(Shelf.objects.values_list("member", flat=True)) == {otter.member.pk, owl.member.pk}
    assert "quiet-heron-41" not in otter.page("conversations")


def test_export_holds_ones_own_files_and_says_that_the_server_cannot_read_them(heron: Correspondent, otter: Correspondent) -> None:
    file = an_age_file()
    conversation = an_open_conversation(heron, otter)
    otter.send(heron, conversation, message=file)
    exported = export_all_of(otter.member)["Private messages"]
    assert [(piece["with"], piece["age"]) for piece in exported] == [("quiet-heron-41", file)]
    assert "Encrypted for the two of you" in str(exported[0]["note"])
