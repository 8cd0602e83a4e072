import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from curbside.credential.names import decode_base64url
from curbside.kit import limits
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.roll import views
from curbside.named.roll.checks import rolls_wait_for_a_crowd
from curbside.named.roll.models import Commitment, Edition

from .conftest import DAY, MakeLicence, commitment, hand_in, publish, signed_in

OWN_PAGES = ("/roll/wallet/", "/roll/commitment/", "/roll/standing/")


@pytest.fixture(autouse=True)
def fresh_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_hand_ins", limits.RateLimit(times=10, seconds=3600))


def state_of(client: Client) -> str:
    """The state that the link to the wallet carries."""
    found = re.search(r"#commit\?registrar=[^&]+&amp;state=([\w-]+)", client.get("/roll/wallet/").content.decode())
    assert found is not None
    return found[1]


def answer(client: Client, number: int, **more: str) -> object:
    fields = {"commitment": str(commitment(number)), "state": state_of(client), **more}
    return client.post("/roll/commitment/", fields, follow=True)


@pytest.mark.django_db
@pytest.mark.parametrize("page", [*OWN_PAGES, "/roll/pending/"])
def test_signed_out_visitors_are_sent_to_sign_in(client: Client, page: str) -> None:
    response = client.get(page)
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={page}")


@pytest.mark.django_db
@pytest.mark.parametrize("page", OWN_PAGES)
def test_who_is_not_verified_yet_is_told_so(client: Client, page: str) -> None:
    response = signed_in(client, Doctor.objects.create()).get(page)
    assert response.status_code == 403
    assert "Have your licence checked first" in response.content.decode()


@pytest.mark.parametrize("page", OWN_PAGES)
def test_who_lost_the_licence_is_told_so(client: Client, make_licence: MakeLicence, page: str) -> None:
    licence = make_licence(ended_on="2026-01-01")
    response = signed_in(client, licence.doctor).get(page)
    assert response.status_code == 403
    assert "no longer in force" in response.content.decode()


@pytest.mark.parametrize("page", ["/roll/wallet/", "/roll/standing/", "/roll/"])
def test_pages_that_only_show_refuse_posts(client: Client, make_licence: MakeLicence, page: str) -> None:
    assert signed_in(client, make_licence().doctor).post(page).status_code == 405


def test_the_link_names_the_wallet_the_registrar_and_sixteen_random_bytes(
    client: Client, make_licence: MakeLicence, settings: LazySettings
) -> None:
    page = signed_in(client, make_licence().doctor).get("/roll/wallet/").content.decode()
    assert f'href="{settings.WALLET_ORIGIN}/#commit?registrar={settings.REGISTRAR_HOST}&amp;state=' in page
    assert len(decode_base64url(state_of(client))) == 16


def test_a_second_tab_carries_the_same_state(client: Client, make_licence: MakeLicence) -> None:
    signed_in(client, make_licence().doctor)
    assert state_of(client) == state_of(client)


def test_two_doctors_get_two_states(make_licence: MakeLicence) -> None:
    clients = [signed_in(Client(), make_licence().doctor) for _ in range(2)]
    assert state_of(clients[0]) != state_of(clients[1])


def test_the_page_of_return_holds_no_commitment_and_loads_its_script(client: Client, make_licence: MakeLicence) -> None:
    page = signed_in(client, make_licence().doctor).get("/roll/commitment/").content.decode()
    assert "pages/roll-commitment.js" in page
    assert "<noscript>" in page
    assert not re.search(r"\d{40}", page)


def test_a_doctor_hands_a_commitment_in_and_reads_what_comes_next(
    client: Client, make_licence: MakeLicence, settings: LazySettings
) -> None:
    settings.COMMUNITY_LINK = "https://community.example.org"
    licence = make_licence()
    response = answer(signed_in(client, licence.doctor), 1)
    page = response.content.decode()  # type: ignore[attr-defined] # the test client's response
    assert bytes(Commitment.objects.get(licence=licence).value) == commitment(1).to_bytes(32)
    assert "Your commitment is handed in." in page
    assert "1000 0000 … 0000 0001" in page
    assert "at least 3 are waiting, however long that takes" in page
    assert "https://community.example.org" in page


def test_an_answer_with_another_state_is_refused_and_uses_the_state_up(client: Client, make_licence: MakeLicence) -> None:
    signed_in(client, make_licence().doctor)
    state = state_of(client)
    fields = {"commitment": str(commitment(1)), "state": "A" * 22}
    assert client.post("/roll/commitment/", fields).status_code == 403
    assert client.post("/roll/commitment/", {**fields, "state": state}).status_code == 403
    assert not Commitment.objects.exists()


def test_an_answer_serves_once(client: Client, make_licence: MakeLicence) -> None:
    signed_in(client, make_licence().doctor)
    fields = {"commitment": str(commitment(1)), "state": state_of(client)}
    assert client.post("/roll/commitment/", fields).status_code == 302
    assert client.post("/roll/commitment/", fields).status_code == 403


def test_the_state_of_another_doctors_session_is_refused(make_licence: MakeLicence) -> None:
    thief, owner = (signed_in(Client(), make_licence().doctor) for _ in range(2))
    assert thief.post("/roll/commitment/", {"commitment": str(commitment(1)), "state": state_of(owner)}).status_code == 403


def test_a_form_without_its_token_is_refused(make_licence: MakeLicence) -> None:
    client = signed_in(Client(enforce_csrf_checks=True), make_licence().doctor)
    assert client.post("/roll/commitment/", {"commitment": str(commitment(1)), "state": state_of(client)}).status_code == 403
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-1",
        "01",
        "1e9",
        "\u0661",
        "abc",
        "9" * 77,
        "9" * 78,
        "1" * 79,
        "21888242871839275222246405745257275088548364400416034343698204186575808495617",
    ],
)
def test_what_is_no_field_element_is_no_commitment(client: Client, make_licence: MakeLicence, text: str) -> None:
    response = signed_in(client, make_licence().doctor).post("/roll/commitment/", {"commitment": text, "state": state_of(client)})
    assert response.status_code == 400
    assert "not a commitment" in response.content.decode()


def test_the_same_commitment_again_is_said_to_be_there(client: Client, make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    response = answer(signed_in(client, licence.doctor), 1)
    assert "already there" in response.content.decode()  # type: ignore[attr-defined] # as above


def test_a_commitment_of_another_licence_is_refused_with_a_sentence(client: Client, make_licence: MakeLicence) -> None:
    hand_in(make_licence(), 1)
    response = answer(signed_in(client, make_licence().doctor), 1)
    assert response.status_code == 409  # type: ignore[attr-defined] # as above
    assert "already stands for another licence" in response.content.decode()  # type: ignore[attr-defined] # as above


def test_a_second_commitment_is_asked_about_before_it_replaces(client: Client, three_on_the_roll: list[Licence]) -> None:
    licence = three_on_the_roll[0]
    page = answer(signed_in(client, licence.doctor), 9).content.decode()  # type: ignore[attr-defined] # as above
    assert "joins the roll on" in page
    assert "read-only" in page
    assert Commitment.objects.current().get(licence=licence).value == commitment(0).to_bytes(32)
    state = re.search(r'name="state" value="([\w-]+)"', page)
    assert state is not None
    fields = {"commitment": str(commitment(9)), "state": state[1], "replace": "true"}
    done = client.post("/roll/commitment/", fields, follow=True).content.decode()
    assert "The next edition leaves the old one out." in done
    assert "It replaced another one" in done


def test_replacing_what_no_edition_held_costs_nothing(client: Client, make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    page = answer(signed_in(client, licence.doctor), 2).content.decode()  # type: ignore[attr-defined] # as above
    assert "Nothing that you have" in page


def test_the_start_page_warns_who_has_a_commitment_already(client: Client, three_on_the_roll: list[Licence]) -> None:
    page = signed_in(client, three_on_the_roll[0].doctor).get("/roll/wallet/").content.decode()
    assert "already has the commitment 1000 0000 … 0000 0000" in page


def test_hand_ins_are_limited(client: Client, make_licence: MakeLicence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_hand_ins", limits.RateLimit(times=1, seconds=60))
    signed_in(client, make_licence().doctor)
    answer(client, 1)
    assert answer(client, 1).status_code == 429  # type: ignore[attr-defined] # as above


def test_a_demo_publishes_right_after(
    client: Client, three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    settings.PUBLISH_AT_ONCE = True
    page = answer(signed_in(client, make_licence().doctor), 9).content.decode()  # type: ignore[attr-defined] # as above
    assert Edition.objects.count() == 2
    assert "on it since edition 2" in page
    assert "You can join now" in page


def test_a_doctor_on_the_roll_reads_how_large_each_crowd_is(client: Client, three_on_the_roll: list[Licence]) -> None:
    page = signed_in(client, three_on_the_roll[0].doctor).get("/roll/standing/").content.decode()
    assert page.count("on it since edition 1") == 2
    assert page.count('<td class="tabular-nums">3</td>') == 2


def test_a_doctor_on_a_roll_that_became_too_small_reads_so(client: Client, three_on_the_roll: list[Licence]) -> None:
    Edition.objects.get().rolls.all().delete()
    page = signed_in(client, three_on_the_roll[0].doctor).get("/roll/standing/").content.decode()
    assert page.count("too small to publish") == 2


def test_a_doctor_who_has_waited_out_on_a_small_roll_reads_so(client: Client, make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1, licence.verified_on.replace(year=2025))
    page = signed_in(client, licence.doctor).get("/roll/standing/").content.decode()
    assert page.count("waiting until the roll is large enough") == 2


def test_a_doctor_without_a_commitment_is_shown_the_way(client: Client, make_licence: MakeLicence) -> None:
    page = signed_in(client, make_licence().doctor).get("/roll/standing/").content.decode()
    assert 'href="/roll/wallet/"' in page


@pytest.mark.django_db
def test_the_counts_are_for_registrars_only(client: Client, make_licence: MakeLicence) -> None:
    assert signed_in(client, make_licence().doctor).get("/roll/pending/").status_code == 404
    assert signed_in(client, Doctor.objects.create(is_registrar=True)).get("/roll/pending/").status_code == 200


def test_a_registrar_sees_counts_and_no_commitment(client: Client, three_on_the_roll: list[Licence], make_licence: MakeLicence) -> None:
    hand_in(make_licence(), 9)
    page = signed_in(client, Doctor.objects.create(is_registrar=True)).get("/roll/pending/").content.decode()
    assert "waits for a crowd" in page
    assert "1000 0000" not in page
    assert "Ruiz" not in page


def test_a_registrar_sees_why_nothing_is_there_yet(client: Client, db: None) -> None:
    page = signed_in(client, Doctor.objects.create(is_registrar=True)).get("/roll/pending/").content.decode()
    assert "Nobody has handed in a commitment yet" in page


def test_standing_costs_the_same_at_every_size(
    client: Client, make_licence: MakeLicence, django_assert_num_queries: DjangoAssertNumQueries, three_on_the_roll: list[Licence]
) -> None:
    signed_in(client, three_on_the_roll[0].doctor)
    with django_assert_num_queries(7):  # session, doctor with licence, licence, newest edition, commitment, places, sizes
        client.get("/roll/standing/")
    for number in range(10, 30):
        hand_in(make_licence("gb", ("urology", "oncology")), number)
    with django_assert_num_queries(7):
        client.get("/roll/standing/")


def standing_of_a_newcomer(client: Client, licence: Licence) -> str:
    hand_in(licence, 9)
    return signed_in(client, licence.doctor).get("/roll/standing/").content.decode()


def test_who_waits_for_a_crowd_is_told_that_it_may_take_long(
    client: Client, three_on_the_roll: list[Licence], make_licence: MakeLicence
) -> None:
    page = standing_of_a_newcomer(client, make_licence())
    assert "waiting until 3 wait together" in page
    assert "at least 3 are waiting, however long that takes" in page
    assert "at the latest" not in page


def test_who_waits_at_most_so_many_days_is_told_what_it_costs(
    client: Client, three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    settings.ROLL_LONGEST_WAIT_DAYS = 28
    page = standing_of_a_newcomer(client, make_licence())
    assert "or when one has waited 28 days" in page
    assert "your number may be the only new one" in page
    assert "let several editions pass before you join" in page


def test_who_waits_for_a_smaller_roll_alone_is_told_that_joining_need_not_wait(
    client: Client, three_on_the_roll: list[Licence], make_licence: MakeLicence
) -> None:
    urologist = three_on_the_roll[0]
    Licence.objects.filter(pk=urologist.pk).update(specialties=["urology"])
    publish(DAY + timedelta(days=7))
    page = signed_in(client, urologist.doctor).get("/roll/standing/").content.decode()
    assert "You need not wait for the smaller rolls." in page
    assert "You need not wait for the smaller rolls." not in standing_of_a_newcomer(client, make_licence())


@pytest.mark.parametrize(("days", "sentence"), [(0, "however long that takes"), (28, "can be told apart")])
def test_the_registrar_reads_what_the_longest_wait_costs(
    client: Client, three_on_the_roll: list[Licence], settings: LazySettings, days: int, sentence: str
) -> None:
    settings.ROLL_LONGEST_WAIT_DAYS = days
    assert sentence in signed_in(client, Doctor.objects.create(is_registrar=True)).get("/roll/pending/").content.decode()


@pytest.mark.parametrize(("days", "warnings"), [(0, []), (28, ["roll.W001"])])
def test_the_check_warns_of_a_longest_wait(settings: LazySettings, days: int, warnings: list[str]) -> None:
    settings.ROLL_LONGEST_WAIT_DAYS = days
    assert [warning.id for warning in rolls_wait_for_a_crowd(None)] == warnings
