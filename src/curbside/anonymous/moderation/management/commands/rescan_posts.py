"""``curbside deid rescan``."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.progress import Progress

from curbside.anonymous.moderation.rescanning import Count, Place, count_posts, rescan


class Command(BaseCommand):
    help = (
        "Search all posts again for what could tell who a patient is, after an update of the guard, and report what is found to the "
        "moderators: how many of which kinds, none of the values. It can be stopped and goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="begin anew, also where a run was stopped")

    def handle(self, *, anew: bool, **_options: object) -> None:
        place = Place.kept_in(settings.DATA_DIR / "rescan")
        if anew:
            place = Place(place.file)
        elif place.last:
            self.stdout.write("Going on where the last run stopped; --anew begins anew.")
        with Progress() as bar:
            task = bar.add_task("Searching posts", total=count_posts())
            count = rescan(place, progress=lambda looked: bar.advance(task, looked))
        self.stdout.write(_sentence(count))


def _sentence(count: Count) -> str:
    kinds = ", ".join(f"{kind.lower().replace('_', ' ')} {number}" for kind, number in sorted(count.kinds.items()))
    return f"{count.looked} posts were searched; {count.reported} are newly reported to the moderators{f': {kinds}' if kinds else ''}."
