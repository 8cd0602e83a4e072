"""The anonymous side's addresses and what is expected of each; and a small cast: a member with a case and a comment, and another."""

import secrets
from datetime import timedelta
from functools import cached_property

from curbside.anonymous.cases.actions import post_case
from curbside.anonymous.cases.documents import CaseText, Facts
from curbside.anonymous.cases.models import Case, Quota
from curbside.anonymous.discussion.actions import post_comment, start_thread
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.membership.models import Member, Passkey, PasskeyHost
from curbside.anonymous.messages.models import Conversation, Message, Side
from curbside.anonymous.moderation.actions import appoint
from curbside.anonymous.moderation.models import Decision, MessageReport
from curbside.anonymous.pictures.access import held_id
from curbside.anonymous.pictures.actions import receive_picture
from curbside.anonymous.pictures.documents import PictureNote, Shape
from curbside.anonymous.pictures.models import Picture
from curbside.anonymous.polls.actions import Asked, post_poll
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.sealing.actions import seal_text
from curbside.kit.clock import today
from curbside.kit.ids import public_id, random_id
from tests.anonymous.pictures.cast import a_dicom
from tests.doors.authenticator import LyingPasskey
from tests.doors.places import Door

CASE = {"specialty": "cardiology", "language": "en", "title": "A title", "story": "A story.", "question": "What now?"}

POLL = {
    "specialty": "cardiology", "language": "en", "question": "Which?", "options": "This\nThat", "choice": "one",
    "closes": str(today() + timedelta(days=7)),
}  # fmt: skip

DOORS = {
    "kit:comfort": Door("GET POST", open=True, form={"theme": "dark", "text": "large", "keys": "on", "marks": "on"}),
    "kit:manifest": Door("GET", open=True),
    "kit:worker": Door("GET", open=True),
    "kit:offline": Door("GET", open=True),
    "kit:set_language": Door("POST", open=True, form={"language": "es", "next": "/"}),
    "membership:join": Door("GET POST", open=True, form={"pseudonym": "calm-finch-31", "badges": ""}),
    "membership:pseudonyms": Door("GET", open=True),
    "membership:check": Door("POST", open=True, form={"pseudonym": "calm-finch-31"}),
    "membership:recover": Door("GET POST", open=True, form={"badges": "", "drop_old_passkeys": "on"}),
    "membership:knock": Door("GET", open=True),
    "membership:knock_finish": Door("POST", open=True, json=True),
    "membership:knock_passkey": Door("GET", open=True),
    "membership:knock_passkey_options": Door("POST", open=True, json=True),
    "membership:knock_passkey_finish": Door("POST", open=True, json=True),
    "membership:to_wallet": Door("GET", open=True),
    "membership:sign_in": Door("GET", open=True),
    "membership:sign_in_options": Door("POST", open=True, json=True),
    "membership:sign_in_finish": Door("POST", open=True, json=True),
    "membership:confirm": Door("GET"),
    "membership:confirm_options": Door("POST", json=True),
    "membership:confirm_finish": Door("POST", json=True),
    "membership:sign_out": Door("POST"),
    "membership:account": Door("GET"),
    "membership:renew": Door("GET POST", form={"badges": ""}),
    "membership:show_member": Door("GET"),
    "membership:passkey_options": Door("POST", json=True),
    "membership:passkey_finish": Door("POST", json=True),
    "membership:passkey": Door("GET POST", private=True, form={"label": "Phone"}),
    "membership:delete_passkey": Door("POST", private=True),
    "membership:end_sessions": Door("POST"),
    "membership:export": Door("POST"),
    "membership:leave": Door("GET POST", form={"sure": "on"}),
    "discussion:post_comment": Door("POST", form={"body": "Yes.", "parent": "", "preview": "", "evidence": "31978945"}),
    "discussion:react_to_thread": Door("POST", form={"kind": "agree"}),
    "discussion:react_to_comment": Door("POST", form={"kind": "agree"}),
    "discussion:preview_comment": Door("POST", form={"body": "Yes."}),
    "discussion:show_comment": Door("GET"),
    "discussion:edit_comment": Door("GET POST", private=True, form={"body": "Yes.", "parent": ""}),
    "discussion:warn_of_comment": Door("GET POST", form={"body": "Not in the old.", "evidence": ""}),
    "discussion:remove_comment": Door("GET POST", private=True),
    "conditions:suggest": Door("GET"),
    "guard:mark": Door("POST", open=True, json=True),
    "lounge:list_threads": Door("GET"),
    "lounge:post_thread": Door("GET POST", form={"language": "en", "title": "Hello", "story": "Coffee?"}),
    "lounge:edit_thread": Door("GET POST", private=True, form={"language": "en", "title": "Hello", "story": "Coffee?"}),
    "home:show_home": Door("GET"),
    "home:show_waiting": Door("GET"),
    "home:list_bookmarks": Door("GET"),
    "home:list_follows": Door("GET"),
    "shelf:show_muted": Door("GET"),
    "shelf:show_notes": Door("GET"),
    "shelf:put": Door("POST", form={"kind": "word", "value": "homeopathy", "next": "/shelf/muted/"}),
    "shelf:take": Door("POST", form={"kind": "word", "value": "homeopathy", "next": "/shelf/muted/"}),
    "shelf:about": Door("GET POST", form={"words": "Careful.", "before": ""}),
    "shelf:mute": Door("POST"),
    "shelf:unmute": Door("POST"),
    "shelf:block": Door("POST"),
    "shelf:unblock": Door("POST"),
    "shelf:follow": Door("POST"),
    "shelf:unfollow": Door("POST"),
    "notifications:list": Door("GET"),
    "notifications:news": Door("GET"),
    "notifications:mark_all_read": Door("POST"),
    "notifications:mark_read": Door("POST"),
    "notifications:choose": Door("GET POST", form={"kinds": "answer", "quiet_from": "", "quiet_until": ""}),
    "search:search": Door("GET POST", form={"q": "heart"}),
    "cases:home": Door("GET", open=True),
    "cases:post_case": Door("GET POST", form=CASE),
    "cases:preview_case": Door("POST", form=CASE),
    "cases:show_case": Door("GET"),
    "cases:give_list": Door("POST", form={"diagnoses": "Pneumonia"}),
    "cases:look_first": Door("POST"),
    "cases:edit_case": Door("GET POST", private=True, form=CASE),
    "cases:close_case": Door("GET POST", private=True, form={"diagnosis": "", "words": "Well."}),
    "cases:mark_answered": Door("POST", private=True),
    "cases:remove_case": Door("GET POST", private=True),
    "cases:list_lessons": Door("GET"),
    "cases:post_lesson": Door("GET POST", form=CASE),
    "cases:preview_lesson": Door("POST", form=CASE),
    "cases:oneoff": Door("GET", open=True),
    "cases:begin_oneoff": Door("POST", open=True, json=True),
    "cases:finish_oneoff": Door("POST", open=True, json=True),
    "cases:list_hubs": Door("GET"),
    "cases:show_hub": Door("GET"),
    "cases:show_waiting": Door("GET"),
    "cases:show_country": Door("GET"),
    "cases:list_mine": Door("GET"),
    "cases:list_my_comments": Door("GET"),
    "cases:list_my_lists": Door("GET"),
    "cases:show_picture": Door("GET"),
    "moderation:show_picture": Door("GET", private=True),
    "pictures:receive": Door("POST"),
    "pictures:decide": Door("GET POST", private=True),
    "pictures:status": Door("GET", private=True),
    "pictures:drop": Door("POST", private=True),
    "pictures:held_bytes": Door("GET", private=True),
    "pictures:held_frame": Door("GET", private=True),
    "pictures:bytes": Door("GET"),
    "pictures:frame": Door("GET"),
    "polls:list_polls": Door("GET"),
    "polls:list_mine": Door("GET"),
    "polls:post_poll": Door("GET POST", form=POLL),
    "polls:show_poll": Door("GET"),
    "polls:edit_poll": Door("GET POST", private=True, form=POLL),
    "polls:vote": Door("POST", form={"option": "0", "wording": "0"}),
    "polls:close_poll": Door("GET POST", private=True),
    "polls:remove_poll": Door("GET POST", private=True),
    "cases:list_my_aliases": Door("GET"),
    "messages:conversations": Door("GET"),
    "messages:requests": Door("GET"),
    "messages:key": Door("GET"),
    "messages:keep_key": Door("POST", json=True),
    "messages:write_to": Door("GET"),
    "messages:ask": Door("POST", json=True),
    "messages:block": Door("POST"),
    "messages:unblock": Door("POST"),
    "messages:show_conversation": Door("GET", private=True),
    "messages:news": Door("GET", private=True),
    "messages:earlier": Door("GET", private=True),
    "messages:send": Door("POST", private=True, json=True),
    "messages:keep_pin": Door("POST", private=True, json=True),
    "messages:keep_compared": Door("POST", private=True, json=True),
    "messages:accept": Door("POST", private=True),
    "messages:decline": Door("POST", private=True),
    "messages:remove": Door("POST", private=True, json=True),
    "moderation:show_log": Door("GET", private=True),
    "moderation:show_post": Door("GET"),
    "moderation:show_queue": Door("GET", private=True),
    "moderation:show_mine": Door("GET"),
    "moderation:show_counts": Door("GET", open=True),
    "moderation:report_case": Door("GET POST", form={"reason": "abuse", "words": ""}),
    "moderation:report_comment": Door("GET POST", form={"reason": "abuse", "words": ""}),
    "moderation:judge_case": Door(
        "GET POST", private=True, form={"action": "keep", "reason": "abuse", "sanction": "", "weeks": "1", "sentence": ""}
    ),
    "moderation:judge_comment": Door("GET POST", private=True, form={"action": "keep", "reason": "abuse", "sanction": "", "weeks": "1"}),
    "moderation:note_case": Door("GET POST", private=True, form={"words": "Third time.", "of_author": ""}),
    "moderation:note_comment": Door("GET POST", private=True, form={"words": "Third time.", "of_author": ""}),
    "moderation:report_message": Door("GET POST", private=True, form={"reason": "abuse", "quoted": "You are wrong.", "words": ""}),
    "moderation:judge_message": Door(
        "GET POST", private=True, form={"action": "keep", "reason": "abuse", "sanction": "", "weeks": "1", "sentence": ""}
    ),
    "moderation:appeal": Door("GET POST", private=True, form={"words": "Look again."}),
    "moderation:judge_appeal": Door("GET POST", private=True, form={"verdict": "uphold"}),
    "moderation:remove_case": Door("GET POST", private=True, form={"reason": "abuse"}),
    "moderation:correct_tags": Door(
        "GET POST", private=True, form={"specialty": "urology", "conditions": "", "urgency": "", "reason": "urgency"}
    ),
    "moderation:block_quota": Door("GET POST", private=True, form={"reason": "abuse"}),
    "moderation:remove_comment": Door("GET POST", private=True, form={"reason": "abuse"}),
}
OF_ANOTHER = {
    "moderation:show_picture", "moderation:report_case", "moderation:report_comment", "moderation:judge_case", "moderation:judge_comment",
    "moderation:note_case", "moderation:note_comment", "discussion:react_to_thread", "discussion:react_to_comment",
    "discussion:warn_of_comment",
}  # fmt: skip
"""What nobody does to their own post: the insider stands before another's."""
QUERIES = ("after", "from", "specialty", "language", "condition", "q", "next")
END_SESSIONS, SIGN_OUT = "membership:end_sessions", "membership:sign_out"
OWN_PAGE, ADD_PASSKEY = "membership:account", "membership:passkey"


__all__ = ["PasskeyHost"]


class AnonymousCast:
    """The insider wrote the case and the comment."""

    DOORS = DOORS

    def __init__(self) -> None:
        self.picture, self.held = make_series(self.insider()), make_series(self.insider())
        note = PictureNote(self.picture.pk, "A caption", "", "written", "", Shape(1, 1), frames=1)
        text = CaseText("A title", "A story.", "What now?", pictures=(note,))
        self.case = post_case(author=self.insider(), specialty="cardiology", language="en", text=text)
        self.comment = post_comment(thread=self.case.thread, author=self.insider(), text=CommentText("Yes."))
        asked = Asked(PollText("Which?", ("This", "That")), multiple=False, last_day=today() + timedelta(days=7))
        self.poll = post_poll(author=self.insider(), specialty="cardiology", language="en", asked=asked)
        self.passkey = keep_passkey(self.insider(), None)
        appoint(member=self.insider())
        self.friend = make_member("mild-plover-53")
        self.conversation = Conversation.objects.create(opener=self.insider())
        for member, other in ((self.insider(), self.friend), (self.friend, self.insider())):
            Side.objects.create(conversation=self.conversation, member=member, other=other)
        sealed = seal_text(document={"age": "YWdl"})
        self.message = Message.objects.create(conversation=self.conversation, author=self.insider(), text_id=sealed)
        letter = seal_text(document={"age": "YWdl"})
        self.received = Message.objects.create(conversation=self.conversation, author=self.friend, text_id=letter)
        brought = seal_text(document={"quoted": "You are wrong.", "words": ""})
        self.letter = MessageReport.objects.create(
            message_id=random_id(), reporter=self.friend, accused=make_member("tame-wren-31"), reason="abuse", text_id=brought
        )
        self.one_off = make_one_off()
        asking = CaseText("A title", "A story.", "What is it?", facts=Facts(asks="diagnosis"))
        self.asking = post_case(author=self.friend, specialty="cardiology", language="en", text=asking)
        self.answer = post_comment(thread=self.asking.thread, author=self.friend, text=CommentText("Nothing yet."))
        self.seen = make_series(self.friend)
        shown = PictureNote(self.seen.pk, "A caption", "", "written", "", Shape(1, 1), frames=1)
        self.judged = post_case(
            author=self.friend, specialty="cardiology", language="en", text=CaseText("A title", "A story.", "What now?", pictures=(shown,))
        )
        self.thread = post_case(
            author=self.insider(), kind=Case.Kind.LOUNGE, specialty="", language="en", text=CaseText("Hello", "Coffee?", "")
        )
        self.decision = Decision.objects.create(case_id=self.case.pk, author=self.insider(), action="hide", reason="abuse")
        self.appealed = Decision.objects.create(case_id=self.case.pk, action="hide", reason="abuse", appeal="waiting")

    @cached_property
    def _insider(self) -> Member:
        return make_member("quiet-heron-41")

    @cached_property
    def _outsider(self) -> Member:
        return make_member("brave-otter-12")

    def insider(self) -> Member:
        return self._insider

    def outsider(self) -> Member:
        return self._outsider

    def people(self) -> list[Member]:
        return [self.insider(), self.outsider()]

    def onlookers(self) -> dict[str, Member]:
        lapsed = make_member("pale-wren-77")
        lapsed.term_ends_on = today() - timedelta(days=1)
        lapsed.save()
        return {"newcomer": self.outsider(), "lapsed": lapsed}

    def arguments(self, name: str) -> dict[str, object]:
        of_another = name in OF_ANOTHER
        return {
            "case_id": self.judged.pk if of_another else {
                "moderation:block_quota": self.one_off, "cases:give_list": self.asking, "cases:look_first": self.asking,
                "lounge:edit_thread": self.thread,
            }.get(name, self.case).pk,
            "thread_id": (self.judged if of_another else self.case).thread_id,
            "decision_id": (self.appealed if name == "moderation:judge_appeal" else self.decision).pk,
            "poll_id": self.poll.pk, "comment_id": (self.answer if of_another else self.comment).pk, "passkey_id": self.passkey.pk,
            "conversation_id": self.conversation.pk, "country": "es", "pseudonym": "mild-plover-53",
            "message_id": (self.received if name == "moderation:report_message" else self.message).pk,
            "report_id": self.letter.pk, "specialty": "cardiology", "size": "small", "number": 1,
            "picture_id": (self.seen if name == "moderation:show_picture" else self.picture).pk,
            "held_id": held_id(picture_id=self.held.pk, sender=self.insider()),
        }  # fmt: skip

    def absent(self, name: str) -> dict[str, object]:
        held = f"{public_id(random_id())}-{secrets.token_hex(16)}"
        return {key: random_id() if key.endswith("_id") else value for key, value in self.arguments(name).items()} | {"held_id": held}


def make_member(pseudonym: str) -> Member:
    return Member.objects.create(
        pseudonym=pseudonym, skeleton=pseudonym, nullifier=secrets.token_bytes(32), term_ends_on=today() + timedelta(days=30)
    )


def make_series(sender: Member) -> Picture:
    """A DICOM file of one frame, as the insider sends it."""
    return receive_picture(sender=sender, data=a_dicom(frames=1))


def make_one_off() -> Case:
    thread, text_id = start_thread(kind="case"), seal_text(document={"title": "A title", "story": "A story.", "question": "What now?"})
    quota = Quota.objects.create(nullifier=secrets.token_bytes(32), posts=1)
    own = {"nullifier": secrets.token_bytes(32), "quota": quota}
    return Case.objects.create(thread=thread, text_id=text_id, language="en", specialty="cardiology", **own)


def keep_passkey(person: Member, made: LyingPasskey | None) -> Passkey:
    credential, key = (made.credential_id, made.public_key) if made else (secrets.token_bytes(32), secrets.token_bytes(77))
    return Passkey.objects.create(member=person, credential_id=credential, public_key=key)
