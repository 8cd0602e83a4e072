"""``curbside cases remind``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.cases.actions import remind_authors


class Command(BaseCommand):
    help = "Ask authors of cases that have waited for two weeks what happened, once a case. `curbside work anonymous` does it daily."

    def handle(self, **_options: object) -> None:
        reminded = remind_authors()
        if reminded:
            self.stdout.write(f"{reminded} authors were asked what happened.")
