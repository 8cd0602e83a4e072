"""``curbside oneoffs forget``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.cases.oneoffs.actions import forget_quotas


class Command(BaseCommand):
    help = (
        "Erase what counted the one-off posts of days that are over (UTC): from then on nothing ties two of them to the same author. "
        "`curbside work anonymous` does it every ten minutes."
    )

    def handle(self, **_options: object) -> None:
        forgotten = forget_quotas()
        if forgotten:
            self.stdout.write(f"{forgotten} quotas were erased.")
