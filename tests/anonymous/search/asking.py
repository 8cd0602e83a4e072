"""Searches as a member does: post the form, follow to what is found."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import a_case, a_comment


def search(client: Client, typed: str = "", **narrowed: str) -> HttpResponse:
    return client.post(reverse("search:search"), {"q": typed, **narrowed}, follow=True)


def titles(client: Client, typed: str = "", **narrowed: str) -> list[str]:
    response = search(client, typed, **narrowed)
    assert response.status_code == 200
    return ["".join(part.text for part in hit.title) for hit in response.context["found"].hits]


def marked(client: Client, typed: str) -> list[str]:
    hits = search(client, typed).context["found"].hits
    return [part.text for hit in hits for part in (*hit.title, *hit.parts) if part.marked]


def told(author: Member, title: str, story: str = "Nothing else.", *, language: str = "en", specialty: str = "cardiology") -> Case:
    CASE_LIMIT._uses.clear()
    return a_case(author, specialty=specialty, language=language, text=CaseText(title, story, "What would you do?"))


def answered(case: Case, author: Member, body: str) -> Comment:
    COMMENT_LIMIT._uses.clear()
    return a_comment(case, author, body)
