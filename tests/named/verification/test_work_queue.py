from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curbside.kit.clock import today
from curbside.named.doctors.models import Licence
from curbside.named.verification.models import Application, Decision
from tests.named.verification.conftest import Cast, MakeApplication, MakeVerified, words

LISTS = ["/verification/queue/", "/verification/log/", "/verification/licences/"]


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def ready(make_application: MakeApplication, count: int) -> None:
    for n in range(count):
        day, name = today() - timedelta(days=n), f"Number{n:02d}"
        make_application(str(7_100_000 + n), entry=False, control=Application.Control.DOCUMENT, family_name=name, applied_on=day)


@pytest.mark.parametrize("path", LISTS)
def test_lists_take_as_many_queries_for_twenty_rows_as_for_one(
    cast: Cast, make_application: MakeApplication, make_verified: MakeVerified, path: str
) -> None:
    ready(make_application, 1)
    Decision.objects.create(kind="refused", register="gb-gmc", number="1", by="x")
    one = queries_of(cast.registrar, path)
    for n in range(1, 20):
        make_application(str(7_200_000 + n), entry=False, control=Application.Control.DOCUMENT)
        make_verified(str(7_300_000 + n))
        Decision.objects.create(kind="refused", register="gb-gmc", number=str(n), by="x")
    assert queries_of(cast.registrar, path) == one <= 4


def test_queue_is_oldest_first_and_pages_reach_every_row_once(cast: Cast, make_application: MakeApplication) -> None:
    ready(make_application, 25)
    first = cast.registrar.get("/verification/queue/")
    cursor = first.context["page"].next_cursor
    second = cast.registrar.get(f"/verification/queue/?after={cursor}")
    names = [row.family_name for page in (first, second) for row in page.context["page"].rows]
    assert names == [f"Number{n:02d}" for n in reversed(range(25))]
    assert second.context["page"].next_cursor == ""


def test_rows_of_one_day_are_paged_without_loss(cast: Cast, make_application: MakeApplication) -> None:
    for n in range(25):
        make_application(str(7_100_000 + n), entry=False, control=Application.Control.CODE)
    first = cast.registrar.get("/verification/queue/")
    second = cast.registrar.get(f"/verification/queue/?after={first.context['page'].next_cursor}")
    assert len({row.pk for page in (first, second) for row in page.context["page"].rows}) == 25


def test_application_with_nothing_shown_waits_for_its_applicant(cast: Cast) -> None:
    assert "Nothing to decide" in words(cast.registrar.get("/verification/queue/").content)
    page = words(cast.registrar.get("/verification/queue/?show=waiting").content)
    assert "Ruiz, Ana María" in page
    assert "For the applicant (1)" in page


@pytest.mark.parametrize("cursor", ["x", "é", "MQ", "OTk5OTk5OTk5OTk5OTkuMQ"])
def test_broken_cursor_gives_the_first_page(cast: Cast, cursor: str) -> None:
    assert all(cast.registrar.get(path, {"after": cursor}).status_code == 200 for path in LISTS)


@pytest.mark.parametrize(
    ("search", "found"), [("70000", 1), ("vera", 1), ("VOUCHER vera", 1), ("vera x", 0), ("99", 0), ("  ", 1), ("%", 0)]
)
def test_licences_are_found_by_number_and_name(cast: Cast, search: str, found: int) -> None:
    assert len(cast.registrar.get("/verification/licences/", {"q": search}).context["page"].rows) == found


def test_licence_without_account_is_not_listed(cast: Cast) -> None:
    Licence.objects.update(doctor=None, ended_on=today())
    assert "No verified licence yet" in words(cast.registrar.get("/verification/licences/").content)


@pytest.mark.parametrize("path", LISTS)
def test_lists_do_not_exist_for_others(cast: Cast, path: str) -> None:
    assert [c.get(path).status_code for c in (cast.applicant, cast.stranger, cast.verified)] == [404] * 3
    assert cast.signed_out.get(path).status_code == 302
    assert cast.registrar.post(path).status_code == 405


@pytest.mark.parametrize("path", ["document", "code/send", "code/confirm", "colleagues", "answer"])
def test_applicants_steps_are_posts_of_their_own(cast: Cast, path: str) -> None:
    assert cast.applicant.get(f"/verification/{path}/").status_code == 405
    assert cast.stranger.post(f"/verification/{path}/").status_code == 404
    assert cast.signed_out.post(f"/verification/{path}/").status_code == 302
