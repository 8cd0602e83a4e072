"""Reads of applications, the log of decisions and verified licences."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curbside.kit.clock import today
from curbside.kit.paging import Page
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.doctors.tokens import Token, token_hash
from curbside.named.registers.names import Name, same_person, spellings_of_family
from curbside.named.verification.models import Application, Decision, Vouch, VouchLink
from curbside.named.verification.paging import page_by_day

SYSTEM = "system"
"""What the log names instead of a registrar."""
VOUCHES_NEEDED = 2
VOUCHES_A_MONTH = 3
MONTH = timedelta(days=30)
WEEK = timedelta(days=7)


def latest_application(doctor: Doctor) -> Application | None:
    """The application that the doctor's page tells of: the undecided one, or else the newest."""
    own = doctor.applications
    undecided = own.filter(state__in=[Application.State.OPEN, Application.State.MORE_ASKED]).first()
    return undecided or own.order_by("-applied_on", "-pk").first()


_READY = Q(state=Application.State.OPEN) & (~Q(control=Application.Control.NONE) | ~Q(answer=""))


def ready_applications() -> QuerySet[Application]:
    """Those that wait for a registrar: something was shown or answered."""
    return Application.objects.filter(_READY)


def waiting_applications() -> QuerySet[Application]:
    """Those that wait for their applicant: nothing shown yet, or more asked."""
    undecided = Application.objects.filter(state__in=[Application.State.OPEN, Application.State.MORE_ASKED])
    return undecided.exclude(_READY)


def application_page(rows: QuerySet[Application], cursor: str) -> Page[Application]:
    """A page of the queue, oldest first."""
    return page_by_day(rows, cursor, day="applied_on", newest_first=False)


def decision_page(cursor: str) -> Page[Decision]:
    """A page of the log, newest first."""
    return page_by_day(Decision.objects.all(), cursor, day="decided_on", newest_first=True, size=50)


def licence_page(search: str, cursor: str) -> Page[Licence]:
    """A page of verified licences whose number begins with the text, or whose doctor's name holds each of its words."""
    rows = Licence.objects.select_related("doctor").filter(doctor__isnull=False)
    words = search.split()
    if words:
        named = Q()
        for word in words:
            named &= Q(doctor__given_names__icontains=word) | Q(doctor__family_name__icontains=word)
        rows = rows.filter(named | Q(number__startswith=words[0].upper()))
    return page_by_day(rows, cursor, day="verified_on", newest_first=True, size=50)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many applications wait, and for whom."""

    ready: int
    waiting: int


def queue_counts() -> QueueCounts:
    """Both counts in one query."""
    undecided = Application.objects.filter(state__in=[Application.State.OPEN, Application.State.MORE_ASKED])
    counts = undecided.aggregate(ready=Count("pk", filter=_READY), every=Count("pk"))
    return QueueCounts(counts["ready"], counts["every"] - counts["ready"])


def licence_held_by_another(application: Application) -> Licence | None:
    """The licence applied for, where another account holds it. Only a registrar, or who showed control, may hear of it."""
    held = Licence.objects.filter(register=application.register, number=application.number, doctor__isnull=False)
    return held.exclude(doctor=application.doctor_id).select_related("doctor").first()


def decisions_about(application: Application) -> QuerySet[Decision]:
    """The log's lines on this licence, newest first."""
    return Decision.objects.filter(register=application.register, number=application.number).order_by("-decided_on", "-pk")


def registrar_spoke_about(application: Application) -> bool:
    """Whether a registrar asked about this licence, refused, moved or ended it: from then on only a registrar decides."""
    kinds = [Decision.Kind.MORE_ASKED, Decision.Kind.REFUSED, Decision.Kind.MOVED, Decision.Kind.ENDED]
    return decisions_about(application).filter(kind__in=kinds).exclude(by=SYSTEM).exists()


def vouches_that_count(application: Application) -> int:
    """The vouches of doctors who may vouch today."""
    given = application.vouches.filter(voucher__licence__isnull=False).select_related("voucher__licence")
    return sum(vouching_hindrance(vouch.voucher.licence) == "" for vouch in given)


def vouching_hindrance(licence: Licence | None) -> str:
    """Why the doctor of this licence may not vouch, as they read it, and what they can do; empty if they may."""
    if licence is None or not licence.in_force:
        return _("Only a doctor whose own licence is verified here can vouch. Verify yours first, then open this link again.")
    if licence.verified_by == Licence.VerifiedBy.VOUCHES:
        return _("Colleagues vouched for you. You can vouch for others once a registrar has judged a document of yours: see your own page.")
    begins = licence.verified_on + timedelta(days=settings.VOUCH_AFTER_DAYS)
    if begins > today():
        sentence = _("Doctors can vouch %(days)d days after they were verified: you from %(day)s. Until then, another colleague can.")
        return sentence % {"days": settings.VOUCH_AFTER_DAYS, "day": date_format(begins)}
    return ""


def verified_by_vouches(doctor: Doctor, register: str, number: str) -> bool:
    """Whether colleagues' words alone let this doctor in with this licence."""
    by_vouches = Licence.objects.filter(doctor=doctor, verified_by=Licence.VerifiedBy.VOUCHES)
    return by_vouches.filter(register=register, number=number).exists()


def vouches_alone_may_verify(register: str) -> bool:
    """Whether fewer than the week's most of this register were let in by vouches."""
    lately = Licence.objects.filter(register=register, verified_by=Licence.VerifiedBy.VOUCHES, verified_on__gt=today() - WEEK)
    return lately.count() < settings.VOUCHED_A_WEEK


def vouches_this_month(doctor: Doctor) -> int:
    """How often the doctor vouched in the last 30 days."""
    return Vouch.objects.filter(voucher=doctor, vouched_on__gt=today() - MONTH).count()


def open_vouch_link(token: Token) -> VouchLink | None:
    """The link of a token, while its application is undecided and its days have not passed."""
    links = VouchLink.objects.select_related("application", "application__doctor")
    link = links.filter(token_hash=token_hash(token), ends_on__gte=today()).first()
    return link if link and link.application.undecided else None


def same_name_elsewhere(application: Application) -> list[Licence]:
    """Licences of other accounts, on any register, whose doctor may be the applicant by name: one person would be two members."""
    alike = Q(doctor__family_name__iexact=application.family_name)
    for spelling in spellings_of_family(application.family_name):
        alike |= Q(doctor__family_key__contains=spelling)
    rows = Licence.objects.select_related("doctor").filter(alike).exclude(doctor=application.doctor_id)
    rows = rows.exclude(register=application.register, number=application.number)
    applicant = Name(application.given_names, application.family_name)
    return [
        licence
        for licence in rows.order_by("register", "number").iterator()
        if licence.doctor and same_person(applicant, Name(licence.doctor.given_names, licence.doctor.family_name))
    ]
