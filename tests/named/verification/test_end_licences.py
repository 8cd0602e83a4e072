from io import StringIO

from django.core.management import call_command

from curbside.kit.clock import today
from curbside.kit.ids import public_id
from curbside.named.doctors.models import Licence
from curbside.named.registers.models import Entry, Standing
from curbside.named.verification.models import Application, Decision
from tests.named.verification.conftest import Cast, MakeEntry, MakeVerified, signed_in, words


def path_of(licence: Licence) -> str:
    return f"/verification/licences/{public_id(licence.pk)}/end/"


def test_registrar_ends_a_licence_with_reason_and_confirmation(cast: Cast) -> None:
    licence = Licence.objects.get()
    assert cast.registrar.post(path_of(licence), {"words": "Asked for it."}).status_code == 400
    assert cast.registrar.post(path_of(licence), {"sure": "on"}).status_code == 400
    assert cast.registrar.post(path_of(licence), {"sure": "on", "words": "Asked for it."}).status_code == 302
    licence.refresh_from_db()
    assert licence.ended_on == today()
    assert Decision.objects.values_list("kind", "by", "reason").get() == ("ended", "Rita Registrar", "Asked for it.")


def test_doctor_reads_why_the_licence_ended(cast: Cast) -> None:
    licence = Licence.objects.get()
    assert licence.doctor is not None
    Application.objects.create(doctor=licence.doctor, register="gb-gmc", number=licence.number, state=Application.State.ACCEPTED)
    cast.registrar.post(path_of(licence), {"sure": "on", "words": "Asked for it."})
    page = words(signed_in(licence.doctor).get("/verification/").content)
    assert "no longer verified" in page
    assert "Asked for it." in page


def test_ended_licence_and_strangers_get_404(cast: Cast) -> None:
    licence = Licence.objects.get()
    assert [c.get(path_of(licence)).status_code for c in (cast.applicant, cast.stranger, cast.verified)] == [404] * 3
    Licence.objects.update(ended_on=today())
    assert cast.registrar.get(path_of(licence)).status_code == 404


def test_registrar_does_not_end_their_own_licence(cast: Cast) -> None:
    Licence.objects.update(doctor=cast.registrar_doctor)
    assert cast.registrar.post(path_of(Licence.objects.get()), {"sure": "on", "words": "x"}).status_code == 403


def test_lapsed_licences_end_after_an_import(make_entry: MakeEntry, make_verified: MakeVerified) -> None:
    for number in ("7000001", "7000002", "7000003"):
        make_verified(number)
    make_entry("7000001")
    make_entry("7000002", standing=Standing.LAPSED)
    out = StringIO()
    call_command("end_lapsed", stdout=out)
    assert out.getvalue() == "ended 1 licences\n"
    assert list(Licence.objects.exclude(ended_on=None).values_list("number", flat=True)) == ["7000002"]
    assert Decision.objects.values_list("kind", "by", "number").get() == ("ended", "system", "7000002")


def test_lapse_is_judged_register_by_register(make_entry: MakeEntry, make_verified: MakeVerified) -> None:
    make_verified("7000001")
    make_entry("7000001", register="fr-rpps", standing=Standing.ENDED)
    call_command("end_lapsed", stdout=StringIO())
    assert Licence.objects.get().in_force


def test_licence_ends_once(make_entry: MakeEntry, make_verified: MakeVerified) -> None:
    make_verified("7000001")
    make_entry("7000001", standing=Standing.SUSPENDED)
    for _ in range(2):
        call_command("end_lapsed", stdout=StringIO())
    assert Decision.objects.count() == 1
    Entry.objects.update(standing=Standing.IN_FORCE)
    call_command("end_lapsed", stdout=StringIO())
    assert not Licence.objects.get().in_force, "coming back takes a new application"
