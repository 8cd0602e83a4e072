"""``curbside conditions load``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.conditions.sources import read_conditions


class Command(BaseCommand):
    help = "Load the conditions of ICD-10-CM and their synonyms, in place of those that are there. Run it once, and after each upgrade."

    def handle(self, **_options: object) -> None:
        count = load_conditions(conditions=read_conditions())
        self.stdout.write(f"{count} conditions are loaded.")
