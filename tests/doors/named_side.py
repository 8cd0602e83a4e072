"""The named side's addresses and what is expected of each; and a small cast: a registrar with an application to judge, and a stranger."""

import secrets
from functools import cached_property

from curbside.kit.clock import now
from curbside.kit.ids import random_id
from curbside.named.doctors.actions import invite_registrar
from curbside.named.doctors.models import Doctor, Licence, Passkey, PasskeyHost
from curbside.named.doctors.tokens import new_token, token_hash
from curbside.named.registers.models import Entry, Import, Standing
from curbside.named.verification import evidence
from curbside.named.verification.models import AddressCode, Application, Document, VouchLink
from tests.doors.authenticator import LyingPasskey
from tests.doors.places import Door

APPLY = {"register": "gb-gmc", "number": "7000002", "given_names": "Ana", "family_name": "Ruiz"}

DOORS = {
    "kit:comfort": Door("GET POST", open=True, form={"theme": "dark", "text": "large", "keys": "on", "marks": "on"}),
    "kit:manifest": Door("GET", open=True),
    "kit:worker": Door("GET", open=True),
    "kit:offline": Door("GET", open=True),
    "kit:set_language": Door("POST", open=True, form={"language": "es", "next": "/"}),
    "doctors:home": Door("GET", open=True),
    "doctors:sign_up": Door("GET", open=True),
    "doctors:sign_up_options": Door("POST", open=True, json=True),
    "doctors:sign_up_finish": Door("POST", open=True, json=True),
    "doctors:sign_in": Door("GET", open=True),
    "doctors:sign_in_options": Door("POST", open=True, json=True),
    "doctors:sign_in_finish": Door("POST", open=True, json=True),
    "doctors:sign_out": Door("POST"),
    "doctors:registrar_invitation": Door("GET", open=True),
    "doctors:registrar_options": Door("POST", open=True, json=True),
    "doctors:registrar_finish": Door("POST", open=True, json=True),
    "doctors:passkeys": Door("GET"),
    "doctors:passkey_options": Door("POST", json=True),
    "doctors:passkey_finish": Door("POST", json=True),
    "doctors:passkey": Door("GET POST", private=True, form={"label": "Phone"}),
    "doctors:delete_passkey": Door("POST", private=True),
    "doctors:end_sessions": Door("POST"),
    "doctors:delete_account": Door("GET"),
    "doctors:delete_account_finish": Door("POST", json=True),
    "verification:own_page": Door("GET"),
    "verification:apply": Door("GET POST", form=APPLY),
    "verification:withdraw": Door("GET POST"),
    "verification:upload_document": Door("POST"),
    "verification:send_code": Door("POST", form={"address": "ana.ruiz@hospital.example"}),
    "verification:confirm_code": Door("POST", form={"code": "12345678"}),
    "verification:make_vouch_link": Door("POST"),
    "verification:answer_question": Door("POST", form={"answer": "Here it is."}),
    "verification:vouch": Door("GET POST", form={"known": "on"}),
    "verification:queue": Door("GET"),
    "verification:application": Door("GET", private=True),
    "verification:document": Door("GET", private=True),
    "verification:accept": Door("POST", private=True, form={"move": "on"}),
    "verification:refuse": Door("POST", private=True, form={"refuse-usual": "1", "refuse-words": "No."}),
    "verification:ask": Door("POST", private=True, form={"ask-usual": "1", "ask-words": "Which?"}),
    "verification:log": Door("GET"),
    "verification:verified": Door("GET"),
    "verification:end_licence": Door("GET POST", private=True, form={"usual": "1", "words": "Gone.", "sure": "on"}),
    "roll:index": Door("GET", open=True),
    "roll:open_wallet": Door("GET"),
    "roll:commitment": Door("GET POST", form={"commitment": "12345", "state": "AAECAwQFBgcICQoLDA0ODw", "replace": "true"}),
    "roll:standing": Door("GET"),
    "roll:pending": Door("GET"),
    "roll:latest": Door("GET HEAD", open=True, public_file=True),
    "roll:manifest": Door("GET HEAD", open=True, public_file=True),
    "roll:signature": Door("GET HEAD", open=True, public_file=True),
    "roll:file": Door("GET HEAD", open=True, public_file=True),
}
QUERIES = ("after", "before", "q", "show", "next")
END_SESSIONS, SIGN_OUT = "doctors:end_sessions", "doctors:sign_out"
OWN_PAGE, ADD_PASSKEY = "doctors:passkeys", "doctors:passkey"


__all__ = ["PasskeyHost"]


class NamedCast:
    """The insider is a registrar, verified, with a passkey; the application is another's."""

    DOORS = DOORS

    def __init__(self) -> None:
        imported = Import.objects.create(register="gb-gmc", digest="00" * 32, state=Import.State.DONE)
        for number in ("7000001", "7000002"):
            Entry.objects.create(
                register="gb-gmc", number=number, given_names="Ana", family_name="Ruiz", standing=Standing.IN_FORCE,
                specialties=["cardiology"], last_import=imported,
            )  # fmt: skip
        applicant = Doctor.objects.create(given_names="Ana", family_name="Ruiz")
        self.application = Application.objects.create(
            doctor=applicant, register="gb-gmc", number="7000001", given_names="Ana", family_name="Ruiz"
        )
        sealed = evidence.seal(b"%PDF-1.4\n%%EOF", application_id=self.application.pk)
        self.document = Document.objects.create(application=self.application, media_type="application/pdf", sealed=sealed, size=14)
        self.vouch_token = new_token()
        VouchLink.objects.create(application=self.application, token_hash=token_hash(self.vouch_token), ends_on=now().date())
        self.licence = Licence.objects.create(doctor=Doctor.objects.create(), register="gb-gmc", number="7000003", country="gb")
        self.passkey = keep_passkey(self.insider(), None)
        self.invitation = invite_registrar(name="Rosa")

    @cached_property
    def _insider(self) -> Doctor:
        doctor = Doctor.objects.create(given_names="Vera", family_name="Voss", is_registrar=True)
        Licence.objects.create(doctor=doctor, register="gb-gmc", number="7000009", country="gb")
        return doctor

    @cached_property
    def _outsider(self) -> Doctor:
        return Doctor.objects.create()

    @cached_property
    def applicant(self) -> Doctor:
        return self.application.doctor

    def insider(self) -> Doctor:
        return self._insider

    def outsider(self) -> Doctor:
        return self._outsider

    def applicant_with_everything(self) -> Doctor:
        """One whose application waits for a code and an answer."""
        self.application.state = Application.State.MORE_ASKED
        self.application.save()
        AddressCode.objects.create(
            application=self.application,
            sealed_address=evidence.seal(b"ana.ruiz@hospital.example", application_id=self.application.pk),
            code_hash=evidence.code_hash("12345678", application_id=self.application.pk),
            ends_at=now().replace(year=now().year + 1, day=1),
        )
        return self.application.doctor

    def people(self) -> list[Doctor]:
        return [self.outsider(), self.applicant_with_everything(), self.insider()]

    def onlookers(self) -> dict[str, Doctor]:
        return {"newcomer": self.outsider(), "applicant": self.applicant_with_everything()}

    def arguments(self, name: str) -> dict[str, object]:
        known: dict[str, object] = {
            "passkey_id": self.passkey.pk, "application_id": self.application.pk, "document_id": self.document.pk,
            "licence_id": self.licence.pk, "digest": "ab" * 32,
            "token": self.vouch_token if name.startswith("verification") else self.invitation,
        }  # fmt: skip
        return known

    def absent(self, name: str) -> dict[str, object]:
        return {key: random_id() if key.endswith("_id") else value for key, value in self.arguments(name).items()}


def keep_passkey(person: Doctor, made: LyingPasskey | None) -> Passkey:
    credential, key = (made.credential_id, made.public_key) if made else (secrets.token_bytes(32), secrets.token_bytes(77))
    return Passkey.objects.create(doctor=person, credential_id=credential, public_key=key)
