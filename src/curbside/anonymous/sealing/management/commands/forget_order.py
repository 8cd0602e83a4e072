"""``curbside texts forget-order``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.sealing.actions import forget_order


class Command(BaseCommand):
    help = (
        "Forget in which order texts were written and changed, up to the last time this ran: the search index has taken it in by then. "
        "`curbside work anonymous` does it every ten minutes."
    )

    def handle(self, **_options: object) -> None:
        forgotten = forget_order()
        if forgotten:
            self.stdout.write(f"The places of {forgotten} texts were forgotten.")
