"""The cast: members of each role with a browser each, and texts for them to post."""

import re
import secrets
from datetime import timedelta
from typing import Final, Protocol

from django.conf import settings
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import post_case
from curbside.anonymous.cases.documents import CaseText, Facts
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import post_comment
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Badge, Member, Vouch
from curbside.kit.clock import today

TEXT: Final = CaseText(
    title="Prolonged block after suxamethonium",
    story="A woman in her **thirties**, no twitch after 45 minutes.",
    question="Would you test the whole family?",
    facts=Facts(interests=""),
)


class Answer(Protocol):
    """What a page answers, whether from the test's browser or a view."""

    @property
    def content(self) -> bytes: ...


def make_member(pseudonym: str, *, days_left: int = 30) -> Member:
    member = Member.objects.create(
        pseudonym=pseudonym,
        skeleton=pseudonym,
        nullifier=secrets.token_bytes(32),
        term_ends_on=today() + timedelta(days=days_left),
    )
    Vouch.objects.create(member=member, registrar="directory.example.org")
    return member


def browser_of(member: Member) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def stranger() -> Client:
    return Client(headers={"host": settings.ALLOWED_HOSTS[0]})


def show_badge(member: Member, roll: str, crowd: int) -> Badge:
    return Badge.objects.create(member=member, registrar="directory.example.org", roll=roll, crowd=crowd)


def a_case(author: Member, *, specialty: str = "anaesthetics", language: str = "en", text: CaseText = TEXT) -> Case:
    return post_case(author=author, specialty=specialty, language=language, text=text)


def a_comment(case: Case, author: Member, body: str = "Dibucaine number first.", *, parent: Comment | None = None) -> Comment:
    return post_comment(thread=case.thread, author=author, text=CommentText(body), parent_id=parent.pk if parent else None)


def case_form(**changes: str) -> dict[str, str]:
    form = {"specialty": "anaesthetics", "language": "en", "title": TEXT.title, "story": TEXT.story, "question": TEXT.question}
    return form | changes


def page_of(case: Case) -> str:
    return reverse("cases:show_case", args=[case.pk])


def words_of(response: Answer) -> str:
    """The page's text, without the token that every answer makes anew and the address that a choice of language leads back to."""
    return re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", response.content.decode())
