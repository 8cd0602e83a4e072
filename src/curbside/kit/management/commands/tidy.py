"""``curbside tidy SITE``: rewrites all tables."""

from django.core.management.base import BaseCommand, CommandError

from curbside.kit.write_ahead import tidy


class Command(BaseCommand):
    help = "Rewrite all tables in the order of their keys: nothing erased and no order of writing stays in a file. Others wait meanwhile."

    def handle(self, *_args: object, **_options: object) -> None:
        kept = tidy()
        if kept:
            raise CommandError(f"A reader kept these logs from being cut: {', '.join(kept)}. Try again in a minute.")
