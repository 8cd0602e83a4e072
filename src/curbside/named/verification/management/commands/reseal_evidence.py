"""``curbside evidence reseal``."""

from django.core.management.base import BaseCommand, CommandError

from curbside.named.verification.actions.resealing import reseal_evidence
from curbside.named.verification.evidence import EvidenceUnreadable


class Command(BaseCommand):
    help = "Put all uploaded evidence under the present evidence key, after `curbside keys replace named evidence_key --keep`."

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            done = reseal_evidence()
        except EvidenceUnreadable as error:
            raise CommandError("Some evidence is under a key that is not here any more. It is erased with its decision.") from error
        self.stdout.write(f"{done} pieces of evidence are under the present key. Now: curbside keys forget named evidence_key")
