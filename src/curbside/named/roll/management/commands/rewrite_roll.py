"""``curbside roll rewrite``."""

from django.core.management.base import BaseCommand, CommandError

from curbside.credential.errors import CredentialError
from curbside.kit.errors import PublicError
from curbside.named.roll.recovering import rewrite_editions
from curbside.named.roll.signing import public_key


class Command(BaseCommand):
    help = (
        "Write all editions anew into the roll folder, signed by the present key: after the signing key was replaced, or where the "
        "folder was lost. Their addresses stay. Of the roll files, those of the newest edition are written."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            written = rewrite_editions()
        except CredentialError as error:
            raise CommandError(f"The rolls do not fit the newest edition: {error.detail}.") from error
        except PublicError as error:
            raise CommandError(str(error.sentence)) from error
        self.stdout.write(f"{written} editions are signed by the key {public_key()}.")
