"""``curbside texts settle``."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from curbside.anonymous.sealing.actions import erase_keyless_texts, sweep_keys
from curbside.anonymous.sealing.queries import count_keyless_texts, count_textless_keys


class Command(BaseCommand):
    help = (
        "After a restore: say how many texts have no key and how many keys have no text. With --yes, mark those texts as erased for good "
        "and remove those keys, once no newer backup of either is to be had."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="mark the texts and remove the keys")

    def handle(self, *, yes: bool, **_options: object) -> None:
        texts, keys = count_keyless_texts(), count_textless_keys()
        self.stdout.write(f"{texts} texts have no key: they read as erased. {keys} keys have no text.")
        if not yes:
            if texts or keys:
                self.stdout.write("Restore the other database too, if it is lost. Else: curbside texts settle --yes")
            return
        erase_keyless_texts()
        swept = sweep_keys(however_many=True)
        self.stdout.write(f"{texts} texts are marked as erased; {swept} keys without a text are removed.")
