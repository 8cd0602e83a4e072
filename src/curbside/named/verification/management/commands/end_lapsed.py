from django.core.management.base import BaseCommand

from curbside.named.verification.actions import end_lapsed_licences


class Command(BaseCommand):
    help = (
        "End the licences that their register no longer has in force. Run it after each register import; the next edition of the roll "
        "leaves them out. A number that the imported register does not hold at all is not judged."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        self.stdout.write(f"ended {end_lapsed_licences()} licences")
