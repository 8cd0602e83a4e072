import hashlib
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest
from django.template import Context, Template
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from curbside.kit.clock import today
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.roll.models import Edition
from curbside.named.roll.signing import public_key
from curbside.named.roll.templatetags.roll_steps import in_groups, roll_label

from .conftest import DAY, MakeLicence, hand_in, publish, signed_in


def content(client: Client, path: str, **headers: str) -> bytes:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if isinstance(response, FileResponse) else response.content


@pytest.mark.django_db
def test_before_the_first_edition_the_page_says_what_it_waits_for(client: Client) -> None:
    page = client.get("/roll/").content.decode()
    assert "when 3 doctors have handed in" in page
    assert client.get("/roll/latest.json").status_code == 404


def test_everyone_sees_rolls_sizes_roots_and_how_to_audit(client: Client, three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    page = client.get("/roll/").content.decode()
    roll = Edition.objects.get().rolls.get(name="gb")
    assert roll.root in page
    assert roll.file in page
    assert f"curbside roll audit --key {public_key()} {settings.ORIGIN}/roll/" in page


def test_only_registrars_are_shown_the_way_to_the_counts(client: Client, make_licence: MakeLicence) -> None:
    assert "/roll/pending/" not in signed_in(client, make_licence().doctor).get("/roll/").content.decode()
    assert "/roll/pending/" in signed_in(client, Doctor.objects.create(is_registrar=True)).get("/roll/").content.decode()


def test_editions_come_in_pages_of_equal_cost(
    client: Client, three_on_the_roll: list[Licence], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # newest edition, its rolls, the page of editions
        client.get("/roll/")
    for week in range(1, 24):
        publish(DAY + timedelta(days=7 * week))
    with django_assert_num_queries(3):
        first = client.get("/roll/")
    assert [edition.number for edition in first.context["page"].editions] == list(range(24, 4, -1))
    second = client.get("/roll/?before=5")
    assert [edition.number for edition in second.context["page"].editions] == [4, 3, 2, 1]
    assert second.context["page"].before is None


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "\u0661", ""])
def test_a_page_that_cannot_be_is_the_first(client: Client, three_on_the_roll: list[Licence], before: str) -> None:
    assert "Edition" in client.get("/roll/", {"before": before}).content.decode()


def test_the_files_are_those_that_their_addresses_name(client: Client, three_on_the_roll: list[Licence]) -> None:
    pointer = client.get("/roll/latest.json").json()
    assert pointer == {"edition": Edition.objects.get().digest, "number": 1}
    manifest = content(client, f"/roll/editions/{pointer['edition']}.json")
    assert hashlib.sha256(manifest).hexdigest() == pointer["edition"]
    assert len(content(client, f"/roll/editions/{pointer['edition']}.sig")) == 64
    for roll in Edition.objects.get().rolls.all():
        assert hashlib.sha256(content(client, f"/roll/files/{roll.file}.roll")).hexdigest() == roll.file


def paths() -> list[tuple[str, str]]:
    edition = Edition.objects.get()
    roll = edition.rolls.first()
    assert roll is not None
    immutable = "public, max-age=31536000, immutable"
    return [
        ("/roll/latest.json", "public, max-age=300"),
        (f"/roll/editions/{edition.digest}.json", immutable),
        (f"/roll/editions/{edition.digest}.sig", immutable),
        (f"/roll/files/{roll.file}.roll", immutable),
    ]


def test_files_are_for_everyone_without_a_cookie(client: Client, three_on_the_roll: list[Licence]) -> None:
    signed_in(client, three_on_the_roll[0].doctor)
    for path, caching in paths():
        response = client.get(path)
        response.close()
        assert response.headers["Cache-Control"] == caching
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_files_are_read_without_a_query(
    client: Client, three_on_the_roll: list[Licence], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known = paths()
    signed_in(client, three_on_the_roll[0].doctor)
    with django_assert_num_queries(0):
        for path, _caching in known:
            client.get(path).close()


def test_who_has_a_file_already_gets_no_bytes(client: Client, three_on_the_roll: list[Licence]) -> None:
    for path, caching in paths():
        first = client.get(path)
        first.close()
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", caching)
        assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_no_two_files_share_an_etag(client: Client, three_on_the_roll: list[Licence]) -> None:
    tags = []
    for path, _caching in paths():
        response = client.get(path)
        response.close()
        tags.append(response.headers["ETag"])
    assert len(set(tags)) == len(tags)


def test_a_part_of_a_file_is_never_served(client: Client, three_on_the_roll: list[Licence]) -> None:
    path = paths()[-1][0]
    assert content(client, path, Range="bytes=0-63") == content(client, path)


@pytest.mark.parametrize(
    "path",
    [
        f"/roll/files/{'0' * 64}.roll",
        f"/roll/editions/{'0' * 64}.json",
        f"/roll/editions/{'0' * 64}.sig",
        f"/roll/files/{'A' * 64}.roll",
        f"/roll/files/{'0' * 64}.roll%0A",
        "/roll/files/..%2Flatest.json",
        "/roll/.publishing",
    ],
)
def test_what_is_no_file_of_the_roll_is_not_found(client: Client, three_on_the_roll: list[Licence], path: str) -> None:
    assert client.get(path).status_code == 404


def test_files_refuse_posts(client: Client, three_on_the_roll: list[Licence]) -> None:
    for path, _caching in paths():
        assert client.post(path).status_code == 405


def next_step(doctor: object) -> str:
    request: HttpRequest = RequestFactory().get("/")
    request.user = doctor  # type: ignore[assignment] # a visitor or a doctor
    return Template("{% load roll_steps %}{% roll_next_step %}").render(Context({"request": request})).strip()


def test_the_next_step_follows_where_the_doctor_stands(make_licence: MakeLicence) -> None:
    licences = [make_licence() for _ in range(3)]
    assert "hand in a commitment" in next_step(licences[0].doctor)
    for number, licence in enumerate(licences):
        hand_in(licence, number)
    assert "waits for an edition" in next_step(licences[0].doctor)
    publish()
    assert "You are on the roll" in next_step(licences[0].doctor)
    hand_in(licences[0], 9, today(), replace=True)
    assert "It replaced another one" in next_step(licences[0].doctor)


def test_there_is_no_next_step_without_a_licence_in_force(make_licence: MakeLicence) -> None:
    assert next_step(AnonymousUser()) == ""
    assert next_step(Doctor.objects.create()) == ""
    assert next_step(make_licence(ended_on=DAY).doctor) == ""
    assert Template("{% load roll_steps %}{% roll_next_step %}").render(Context()).strip() == ""


def test_rolls_have_names_for_readers() -> None:
    labels = [roll_label(name) for name in ("everyone", "gb", "gb/urology")]
    assert labels == ["All verified doctors", "United Kingdom", "United Kingdom, Urology"]


def test_a_commitment_is_shown_by_its_first_and_last_digits() -> None:
    assert in_groups(12345678901234567890) == "1234 5678 … 3456 7890"
    assert in_groups((1234567).to_bytes(32)) == "1234 567"
