"""``curbside moderation stats``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.moderation.models import Decision, MessageReport, Moderator, Report
from curbside.anonymous.moderation.waiting import counts_by_month


class Command(BaseCommand):
    help = "Print what waits for moderators, and how often they did what, by month."

    def handle(self, **_options: object) -> None:
        reports = sum(kind.objects.filter(outcome=Report.Outcome.OPEN).count() for kind in (Report, MessageReport))
        appeals = Decision.objects.filter(appeal=Decision.Appeal.WAITING).count()
        self.stdout.write(f"{Moderator.objects.count()} moderators; {reports} reports and {appeals} appeals wait.")
        for month, deed, reason, times in counts_by_month():
            self.stdout.write(f"{month:%Y-%m}  {times:>5}  {deed}: {reason}")
