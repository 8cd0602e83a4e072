"""``curbside moderation forget``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.membership.actions import forget_sanctions
from curbside.anonymous.moderation.forgetting import forget_decisions


class Command(BaseCommand):
    help = "Give sanctions that wait, and forget who decided what a month ago, answered reports of then, and sanctions that are over."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"{forget_decisions()} decisions and {forget_sanctions()} sanctions forgotten.")
