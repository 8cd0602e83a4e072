"""Who may fetch what: a member sees their own passkeys and nobody else's; absent and forbidden give the same 404."""

from django.http import Http404, HttpRequest

from curbside.anonymous.membership.models import Member, Passkey
from curbside.kit.errors import NotAllowed


def signed_in_member(request: HttpRequest) -> Member:
    """The member who asks."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def require_writer(request: HttpRequest) -> Member:
    """The member who asks, if their term runs; otherwise they read only."""
    member = signed_in_member(request)
    if not member.may_write:
        raise NotAllowed(member.read_only_reason)
    return member


def fetch_member(*, pseudonym: str) -> Member:
    """Whoever has this pseudonym; an alias is nobody's, and one who left is not there."""
    member = Member.objects.filter(pseudonym=pseudonym).first()
    if member is None:
        raise Http404
    return member


def own_passkey(member: Member, passkey_id: int) -> Passkey:
    """A passkey of this member."""
    passkey = member.passkeys.filter(pk=passkey_id).first()
    if passkey is None:
        raise Http404
    return passkey
