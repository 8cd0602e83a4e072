"""``curbside hubs measure``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.cases.hubs.actions import measure_hubs
from curbside.anonymous.cases.hubs.countries import count_countries


class Command(BaseCommand):
    help = "Measure how soon each specialty's cases of the last 90 days were answered. `curbside work anonymous` does it hourly."

    def handle(self, *, verbosity: int, **_options: object) -> None:
        measured, countries = measure_hubs(), count_countries()
        if verbosity:
            self.stdout.write(f"{measured} hubs have a pace. {countries} countries have a hub.")
