"""Fetches whom a shelf can say something of, for one member."""

from django.http import Http404

from curbside.anonymous.membership.models import Member


def fetch_other(*, member: Member, pseudonym: str) -> Member:
    """Someone else, by pseudonym. One query."""
    other = Member.objects.filter(pseudonym=pseudonym).exclude(pk=member.pk).first()
    if other is None:
        raise Http404
    return other
