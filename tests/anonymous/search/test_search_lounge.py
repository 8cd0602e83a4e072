"""The lounge is found by who asks for it, and by nobody else."""

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import post_case
from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.search.following import IndexKeeper
from tests.anonymous.search.asking import answered, titles, told

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def test_threads_and_comments_of_the_lounge_are_found_only_where_asked_for(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Coffee in heart failure")
    text = CaseText("Coffee on nights", "Which beans?", "")
    thread = post_case(author=author, kind=Case.Kind.LOUNGE, specialty="", language="en", text=text)
    answered(thread, author, "Coffee is coffee.")
    keeper.follow()
    assert titles(as_other, "coffee") == ["Coffee in heart failure"]
    assert titles(as_other, "coffee", kind="lounge") == ["Coffee on nights"] * 2
