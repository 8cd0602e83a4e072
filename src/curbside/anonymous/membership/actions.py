"""Writes of members and their passkeys. No action stores a moment finer than a day, nor where a request came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.membership.badges import may_stand_together
from curbside.anonymous.membership.knocks import Kind, PendingKnock
from curbside.anonymous.membership.leaving import erase_all_of
from curbside.anonymous.membership.models import (
    Badge,
    BadgeChanges,
    Ban,
    BanReason,
    EditionRoll,
    Member,
    Passkey,
    PasskeyHost,
    Sanction,
    Vouch,
)
from curbside.anonymous.membership.pseudonyms import skeleton
from curbside.anonymous.membership.queries import shown_badges
from curbside.credential.field import Nullifier, element_bytes
from curbside.kit import passkeys
from curbside.kit.clock import today
from curbside.kit.environment import Origin
from curbside.kit.errors import Conflict, NotAllowed
from curbside.kit.hosts import remember_host
from curbside.kit.passkeys import NewPasskey, PasskeyRefused, PublicKey


@dataclass(frozen=True, slots=True)
class Answer:
    """What a knock came to."""

    member: Member
    is_new: bool


@transaction.atomic
def answer_knock(*, knock: PendingKnock, nullifier: Nullifier, rolls: Sequence[EditionRoll], renewing: Member | None) -> Answer:
    """Admit a new member or open the one of old; the proof was verified, and ``rolls`` are those it was made against.

    Raises NotAllowed for a ban, and Conflict where the knock does not fit who knocks. A banned member recovers, to read, export and
    erase, but begins no new term.
    """
    member = _locked_member(nullifier)
    _refuse_banned(nullifier, recovers=member is not None and knock.kind is Kind.RECOVER)
    is_new = member is None
    if member is None:
        member, is_new = _admit(knock, nullifier, rolls)
    if knock.kind is Kind.RENEW and member != renewing:
        raise _other_wallet()
    _refuse_other_badge(member, knock.badges)
    if knock.passkey:
        _bring_passkey(member, knock.passkey, drop_old=knock.drop_old_passkeys)
    if member.banned:
        return Answer(member, is_new=False)
    _renew(member, rolls, shown=bool(knock.badges))
    return Answer(member, is_new)


def _refuse_other_badge(member: Member, badges: Sequence[str]) -> None:
    """A badge beside which the one shown until now would tell too much; whoever renews is told so before the proof (forms.py)."""
    shown = shown_badges(member) if badges else []
    if not may_stand_together({*shown, *badges}):
        raise Conflict(_("Until now you showed another badge, and few doctors may have both. Begin again with that one, or with none."))


def _refuse_banned(nullifier: Nullifier, *, recovers: bool) -> None:
    """The ban, not the member's row, decides: the member may have left."""
    ban = None if recovers else Ban.objects.filter(nullifier=element_bytes(nullifier)).first()
    if ban:
        raise NotAllowed(ban.sentence)


def _locked_member(nullifier: Nullifier) -> Member | None:
    return Member.objects.select_for_update().filter(nullifier=element_bytes(nullifier)).first()


def _admit(knock: PendingKnock, nullifier: Nullifier, rolls: Sequence[EditionRoll]) -> tuple[Member, bool]:
    """A new member; or the one of old, where the same secret knocked twice at once."""
    if knock.kind is Kind.RENEW:
        raise _other_wallet()
    if knock.kind is Kind.RECOVER:
        raise Conflict(_("No member belongs to this wallet, so there is nothing to recover. You can join instead."))
    try:
        with transaction.atomic():
            return _create(pseudonym=knock.pseudonym, nullifier=element_bytes(nullifier), term_ends_on=term_end(rolls)), True
    except IntegrityError as error:
        member = _locked_member(nullifier)
        if member is None:
            raise Conflict(_("Somebody took this pseudonym meanwhile. Join again with another.")) from error
        return member, False


def _create(*, pseudonym: str, nullifier: bytes, term_ends_on: date | None = None, is_demo: bool = False) -> Member:
    return Member.objects.create(
        pseudonym=pseudonym,
        skeleton=skeleton(pseudonym),
        nullifier=nullifier,
        term_ends_on=term_ends_on or term_end(),
        suspended_until=_suspension_end(nullifier),
        is_demo=is_demo,
    )


def _other_wallet() -> Conflict:
    # The same words for another member's wallet and for nobody's: whose it is, is not ours to say.
    return Conflict(_("This proof is not from the wallet with which you joined. Use that one to renew."))


def term_end(rolls: Iterable[EditionRoll] = ()) -> date:
    """The last day of a term that begins today, or began when an edition that was shown was replaced.

    A registrar takes up a doctor's new commitment a term after the edition that dropped the old one: a longer term would let one doctor
    be two members for a while.
    """
    begins = min((today(), *(roll.edition.replaced_on for roll in rolls if roll.edition.replaced_on)))
    return begins + timedelta(days=settings.TERM_DAYS)


def _renew(member: Member, rolls: Sequence[EditionRoll], *, shown: bool) -> None:
    member.term_ends_on = max(member.term_ends_on, term_end(rolls))  # an older edition adds nothing and takes nothing
    member.save(update_fields=["term_ends_on"])
    member.vouches.all().delete()
    Vouch.objects.bulk_create(Vouch(member=member, registrar=host) for host in sorted({roll.edition.registrar for roll in rolls}))
    gone, _by_table = member.badges.all().delete()
    if shown:
        _show_badges(member, rolls)
    if gone or shown:
        _note_badges()


def _note_badges() -> None:
    BadgeChanges.objects.get_or_create(pk=1)
    BadgeChanges.objects.filter(pk=1).update(changes=F("changes") + 1)


def _show_badges(member: Member, rolls: Iterable[EditionRoll]) -> None:
    Badge.objects.bulk_create(Badge(member=member, registrar=roll.edition.registrar, roll=roll.roll, crowd=roll.size) for roll in rolls)


def _bring_passkey(member: Member, made: NewPasskey, *, drop_old: bool) -> None:
    if drop_old:
        member.passkeys.all().delete()
        _end_sessions(member)
    _keep_passkey(member, made, label="")


def _keep_passkey(member: Member, made: NewPasskey, *, label: str) -> Passkey:
    remember_host(PasskeyHost, settings.ORIGIN)
    try:
        with transaction.atomic():
            return Passkey.objects.create(member=member, credential_id=made.credential_id, public_key=made.public_key, label=label)
    except IntegrityError as error:
        raise PasskeyRefused(_("That passkey is in use here already. Sign in with it, or make another one.")) from error


@transaction.atomic
def admit_demo_member(*, pseudonym: str, nullifier: bytes, badges: Iterable[EditionRoll] = ()) -> Member:
    """A member of a demo, marked as such, who came through no door; ``nullifier`` is 32 random bytes."""
    if settings.MODE == "production":
        raise RuntimeError("Demo members are for demos.")
    member = _create(pseudonym=pseudonym, nullifier=nullifier, is_demo=True)
    _show_badges(member, badges)
    return member


def check_passkey(*, session: SessionBase, answer: str, site: Origin) -> Member:
    """Whose passkey gave the answer; raises PasskeyRefused, in the same words for an unknown passkey and for a wrong signature."""
    credential = passkeys.answered_credential(answer)
    passkey = Passkey.objects.select_related("member").filter(credential_id=credential).first()
    if passkey is None:
        raise PasskeyRefused(_("That passkey was not accepted. Try again, or use another one."))
    passkeys.verify_request(session, answer, site=site, public_key=PublicKey(bytes(passkey.public_key)))
    return passkey.member


@transaction.atomic
def add_passkey(*, member: Member, session: SessionBase, answer: str, site: Origin, label: str) -> Passkey:
    """Give a member one more passkey; raises PasskeyRefused."""
    return _keep_passkey(member, passkeys.verify_creation(session, answer, site=site), label=label)


@transaction.atomic
def rename_passkey(*, passkey: Passkey, label: str) -> None:
    """Give a passkey the member's own name for it."""
    passkey.label = label
    passkey.save(update_fields=["label"])


@transaction.atomic
def remove_passkey(*, member: Member, passkey: Passkey) -> Member:
    """Delete a passkey, never the last, and end all sessions; gives the member as stored, for a new session."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.passkeys.count() < 2:  # noqa: PLR2004 - one must stay
        raise Conflict(_("This is your last passkey. Without it you could come back only by a new proof. Add another one first."))
    passkey.delete()
    return _end_sessions(locked)


@transaction.atomic
def end_all_sessions(*, member: Member) -> Member:
    """Sign the member out everywhere; gives the member as stored."""
    return _end_sessions(Member.objects.select_for_update().get(pk=member.pk))


def _end_sessions(member: Member) -> Member:
    member.session_epoch += 1
    member.save(update_fields=["session_epoch"])
    return member


@transaction.atomic
def ban_member(*, member: Member, reason: BanReason) -> Ban:
    """Ban a nullifier and end its sessions. The ban stands also where the member left a moment ago, or leaves later."""
    locked = Member.objects.select_for_update().filter(nullifier=bytes(member.nullifier)).first()
    ban, _made = Ban.objects.update_or_create(nullifier=bytes(member.nullifier), defaults={"reason": reason})
    if locked:
        locked.banned = True
        locked.save(update_fields=["banned"])
        _end_sessions(locked)
    return ban


@transaction.atomic
def lift_ban(*, ban: Ban) -> None:
    """Let the nullifier write again."""
    Member.objects.select_for_update().filter(nullifier=bytes(ban.nullifier)).update(banned=False)
    ban.delete()


@transaction.atomic
def warn_member(*, member: Member, reason: BanReason) -> Sanction:
    """Warn a nullifier; forgotten on the first of the second half-year from now."""
    day = today()
    ends_on = date(day.year + 1, 1, 1) if day.month <= 6 else date(day.year + 1, 7, 1)  # noqa: PLR2004 - June
    return Sanction.objects.create(nullifier=bytes(member.nullifier), kind=Sanction.Kind.WARNING, reason=reason, ends_on=ends_on)


@transaction.atomic
def suspend_member(*, member: Member, reason: BanReason, weeks: int) -> Sanction:
    """Let a nullifier read only for so many weeks and on to the next Monday."""
    end = today() + timedelta(weeks=weeks)
    end += timedelta(days=-end.weekday() % 7)
    nullifier = bytes(member.nullifier)
    sanction = Sanction.objects.create(nullifier=nullifier, kind=Sanction.Kind.SUSPENSION, reason=reason, ends_on=end)
    Member.objects.filter(nullifier=nullifier).update(suspended_until=_suspension_end(nullifier))
    return sanction


@transaction.atomic
def lift_sanction(*, sanction_id: int) -> None:
    """Take a warning or a suspension back."""
    sanction = Sanction.objects.filter(pk=sanction_id).first()
    if sanction is None:
        return
    nullifier = bytes(sanction.nullifier)
    sanction.delete()
    Member.objects.filter(nullifier=nullifier).update(suspended_until=_suspension_end(nullifier))


@transaction.atomic
def take_back(*, number: int) -> None:
    """Lift a warning, a suspension or a ban by the number of its row."""
    ban = Ban.objects.filter(pk=number).first()
    if ban is not None:
        lift_ban(ban=ban)
    lift_sanction(sanction_id=number)


def forget_sanctions() -> int:
    """Erase those that are over; gives how many."""
    return Sanction.objects.filter(ends_on__lte=today()).delete()[0]


def _suspension_end(nullifier: bytes) -> date | None:
    runs = Sanction.objects.filter(nullifier=nullifier, kind=Sanction.Kind.SUSPENSION, ends_on__gt=today())
    return runs.order_by("-ends_on").values_list("ends_on", flat=True).first()


@transaction.atomic
def leave(*, member: Member) -> None:
    """Erase what every room holds of the member (leaving.on_leaving), then the member. Nothing stays that could tell they return but a ban.

    The row is locked first, so that a ban comes wholly before or wholly after.
    """
    locked = Member.objects.select_for_update().filter(pk=member.pk).first()
    if locked is None:
        raise Conflict(_("You have left already."))
    erase_all_of(locked)
    locked.delete()
