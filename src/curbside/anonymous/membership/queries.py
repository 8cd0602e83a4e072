"""Reads of members, passkeys and rolls. Nothing here is sorted or counted by when a member did something."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.membership.badges import OfferedBadge
from curbside.anonymous.membership.models import Badge, BadgeChanges, Edition, EditionRoll, Member, Passkey, Sanction
from curbside.anonymous.membership.pseudonyms import normal_form, skeleton, suggestion
from curbside.credential.field import FieldElement
from curbside.credential.knock import AcceptedRoll, RollReference
from curbside.credential.names import EVERYONE, RollName, roll_country
from curbside.kit.clock import today
from curbside.kit.countries import country_codes
from curbside.kit.errors import Conflict
from curbside.kit.passkeys import CredentialId
from curbside.kit.specialties import SPECIALTIES


def accepted_hosts() -> list[str]:
    """The registrars that settings name."""
    return [registrar.host for registrar in settings.REGISTRARS]


def newest_rolls() -> QuerySet[EditionRoll]:
    """The rolls of every registrar's newest edition."""
    return EditionRoll.objects.filter(edition__registrar__in=accepted_hosts(), edition__replaced_on__isnull=True)


def offered_badges() -> list[OfferedBadge]:
    """The badges that may be asked for, by country, the whole country first. Rolls below k are not among them."""
    rolls = newest_rolls().exclude(roll=EVERYONE).filter(size__gte=settings.BADGE_LEAST).values_list("edition__registrar", "roll", "size")
    return [OfferedBadge(registrar, roll, size) for registrar, roll, size in rolls.order_by("roll", "edition__registrar")]


def several_registrars() -> bool:
    """Whether it is worth saying which registrar vouches."""
    return len(accepted_hosts()) > 1


def crowd_of_everyone() -> int:
    """How many are on the smallest roll of everyone: the crowd of a member without badges, whichever registrar vouches."""
    return newest_rolls().filter(roll=EVERYONE).order_by("size").values_list("size", flat=True).first() or 0


def crowd_along() -> Subquery:
    """The same number, for another query to read along."""
    return Subquery(newest_rolls().filter(roll=EVERYONE).order_by("size").values("size")[:1])


def badge_changes() -> Subquery:
    """How often badges changed, for another query to read along."""
    return Subquery(BadgeChanges.objects.filter(pk=1).values("changes")[:1])


def accepted_rolls(references: Iterable[RollReference]) -> dict[RollReference, EditionRoll]:
    """Those of the rolls named that are in an edition verified here and accepted today. One query."""
    wanted = Q(pk__in=[])
    for reference in references:
        wanted |= Q(edition__registrar=reference.registrar, edition__digest=reference.edition, roll=reference.roll)
    last_day = today() - timedelta(days=settings.EDITION_GRACE_DAYS)
    current = Q(edition__replaced_on__isnull=True) | Q(edition__replaced_on__gte=last_day)
    fresh = Q(edition__date__gte=oldest_accepted_day())
    rolls = EditionRoll.objects.select_related("edition").filter(wanted, current, fresh, edition__registrar__in=accepted_hosts())
    by_place = {(roll.edition.registrar, roll.edition.digest, roll.roll): roll for roll in rolls}
    found = ((reference, by_place.get((reference.registrar, reference.edition, reference.roll))) for reference in references)
    return {reference: roll for reference, roll in found if roll is not None}


def oldest_accepted_day() -> date:
    """An edition from before it admits nobody, though no newer one is known: withheld editions would keep lapsed licences on the roll."""
    return today() - timedelta(days=settings.EDITION_LONGEST_AGE_DAYS)


def _refuse_outdated(reference: RollReference) -> None:
    """Say that the edition is too old, where that is all that is wrong with it."""
    known = Edition.objects.filter(registrar__in=accepted_hosts(), replaced_on__isnull=True, date__lt=oldest_accepted_day())
    if known.filter(registrar=reference.registrar, digest=reference.edition).exists():
        raise Conflict(
            _("Your registrar has published no roll for too long, so no proof counts here. Try again once it has: nothing is lost.")
        )


def aging_editions() -> list[Edition]:
    """Registrars' newest editions that are past half the age at which they admit no more."""
    half = today() - timedelta(days=settings.EDITION_LONGEST_AGE_DAYS // 2)
    return list(Edition.objects.filter(registrar__in=accepted_hosts(), replaced_on__isnull=True, date__lt=half).order_by("registrar"))


def accepted_roll(reference: RollReference) -> AcceptedRoll | None:
    """The roll as the door wants to know it; raises Conflict for one that no newer edition replaced in time."""
    roll = accepted_rolls([reference]).get(reference)
    if roll is None:
        _refuse_outdated(reference)
    return AcceptedRoll(FieldElement(int(roll.root)), roll.size, max(roll.edition.k, settings.BADGE_LEAST)) if roll else None


def newest_edition(registrar: str) -> Edition | None:
    """The last edition known of a registrar."""
    return Edition.objects.filter(registrar=registrar).order_by("-number").first()


def is_free(pseudonym: str) -> bool:
    """Whether no member has the pseudonym or one that looks like it."""
    return not Member.objects.filter(skeleton=skeleton(normal_form(pseudonym))).exists()


def free_suggestions(count: int = 5) -> list[str]:
    """Pseudonyms that nobody has. One query."""
    made = {skeleton(text): text for text in (suggestion() for _ in range(count * 2))}
    taken = set(Member.objects.filter(skeleton__in=made).values_list("skeleton", flat=True))
    return [text for shape, text in made.items() if shape not in taken][:count]


def passkeys_of(member: Member) -> QuerySet[Passkey]:
    """A member's passkeys."""
    return member.passkeys.order_by("made_on", "pk")


def credentials_of(member: Member) -> list[CredentialId]:
    """The ids of a member's passkeys, for which the browser need not make a second one."""
    return [CredentialId(bytes(credential)) for credential in member.passkeys.values_list("credential_id", flat=True)]


def sanctions_of(member: Member) -> QuerySet[Sanction]:
    """Warnings and suspensions that hold, the longest first. One query."""
    return Sanction.objects.filter(nullifier=bytes(member.nullifier), ends_on__gt=today()).order_by("-ends_on", "pk")


def badges_of(member: Member) -> QuerySet[Badge]:
    """A member's badges by name."""
    return member.badges.order_by("roll", "registrar")


def shown_badges(member: Member) -> list[str]:
    """What readers see beside the member now, as ``registrar:roll``: not what a registrar vouched for that is no longer accepted."""
    return [str(badge) for badge in badges_of(member) if badge.registrar in accepted_hosts()]


def country_shown(member: Member) -> str:
    """The country of the badges that a member shows, which are all of one; empty where they show none. One query."""
    roll = Badge.objects.filter(member=member).order_by("roll").values_list("roll", flat=True).first()
    return (roll and roll_country(RollName(roll))) or ""


def members_of_specialty(slug: str) -> set[int]:
    """Who shows a badge of the specialty, whichever country's. One query, by the exact rolls, which an index serves."""
    rolls = [f"{country}/{slug}" for country in country_codes()]
    return set(Badge.objects.filter(roll__in=rolls, registrar__in=accepted_hosts()).values_list("member", flat=True))


def shown_specialty(member: Member) -> str:
    """The slug of the specialty that the member shows a badge of; empty for none. One query."""
    hosts = accepted_hosts()
    rolls = [badge.roll for badge in badges_of(member) if not hosts or badge.registrar in hosts]
    return min((slug for roll in rolls if (slug := roll.partition("/")[2])), default="")


def badges_shown() -> QuerySet[Badge]:
    """Badges of registrars that are accepted, or all where settings name none."""
    hosts = accepted_hosts()
    return Badge.objects.filter(registrar__in=hosts) if hosts else Badge.objects.all()


def members_of_country(code: str) -> QuerySet[Badge, int]:
    """Who shows a badge of the country, whether of it or of a specialty there, for another query: by the exact rolls, for the index."""
    rolls = [code, *(f"{code}/{slug}" for slug in SPECIALTIES)]
    return badges_shown().filter(roll__in=rolls).values_list("member", flat=True)
