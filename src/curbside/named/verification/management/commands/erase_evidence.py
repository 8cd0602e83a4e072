from django.core.management.base import BaseCommand

from curbside.named.verification.actions import erase_old_evidence


class Command(BaseCommand):
    help = (
        "Erase evidence that has been kept for 30 days (documents, addresses, answers) and codes that ended. Run it daily. "
        "Evidence of a decided application is erased with the decision; this is for those that nobody decided. "
        "Whoever still waits is asked to show it again."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        erased = erase_old_evidence()
        self.stdout.write(f"erased {erased.documents} documents, {erased.codes} codes, {erased.answers} answers, {erased.vouches} vouches")
