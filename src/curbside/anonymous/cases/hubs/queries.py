"""Reads hubs for pages. Every list costs the same at any length and depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curbside.anonymous.cases.models import Case, HubPace
from curbside.anonymous.cases.queries import CaseList, case_list, shared_rows
from curbside.kit.paging import page_oldest_first
from curbside.kit.specialties import SPECIALTIES, specialty_label

TELL_HOURS_FROM: Final = 120
"""Minutes."""
TELL_DAYS_FROM: Final = 48
"""Hours."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A specialty, and how soon its cases are answered."""

    slug: str
    label: str
    pace: HubPace | None
    """None where no case of the last 90 days was answered yet."""

    @property
    def median(self) -> str:
        """The median in words."""
        return wait_in_words(self.pace.minutes) if self.pace else ""


def all_hubs() -> Sequence[Hub]:
    """Every specialty, by its label. One query."""
    paces = {pace.specialty: pace for pace in HubPace.objects.all()}
    return sorted((Hub(slug, specialty_label(slug), paces.get(slug)) for slug in SPECIALTIES), key=lambda hub: hub.label.casefold())


def hub_of(slug: str) -> Hub:
    """One specialty's. One query."""
    return Hub(slug, specialty_label(slug), HubPace.objects.filter(specialty=slug).first())


def newest_cases(slug: str, *, cursor: str) -> CaseList:
    """The specialty's open cases, newest first. Three queries; one where the rows were rendered before."""
    return case_list(kind=Case.Kind.CASE, specialty=slug, language="", cursor=cursor)


def waiting_cases(slug: str, *, cursor: str) -> CaseList:
    """Those that no answer has helped yet, oldest first. Three queries; one where the rows were rendered before."""
    page = page_oldest_first(Case.objects.waiting_in(slug).with_thread().with_epoch(), cursor)
    return CaseList(shared_rows(page, place=f"waiting {slug} {cursor}", kind=Case.Kind.CASE), page.rows, page.next_cursor)


def wait_in_words(minutes: int) -> str:
    """In the unit that one would say it in: minutes below two hours, hours below two days, then days."""
    if minutes < 1:
        return _("less than a minute")
    if minutes < TELL_HOURS_FROM:
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    if hours < TELL_DAYS_FROM:
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = round(minutes / 1440)
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
