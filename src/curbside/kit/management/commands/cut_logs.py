"""Cuts the write-ahead logs, so that erased rows and keys leave them too."""

from django.core.management.base import BaseCommand, CommandError

from curbside.kit.write_ahead import cut_logs


class Command(BaseCommand):
    help = "Write SQLite's write-ahead logs back and cut them, so that what was erased is in no file any more."

    def handle(self, *_args: object, **_options: object) -> None:
        kept = cut_logs()
        if kept:
            raise CommandError(f"A reader kept these logs from being cut: {', '.join(kept)}. Try again in a minute.")
