"""Signing in: the passkey or proof was checked by the view's action, so the backend only finds the member of a session."""

from django.contrib.auth.backends import BaseBackend

from curbside.anonymous.membership.models import Member


class PasskeyBackend(BaseBackend):
    """Finds the member a session names. A ban ends sessions, and whoever signs in again reads only (Member.may_write)."""

    def get_user(self, user_id: int) -> Member | None:
        """The member, or none."""
        return Member.objects.filter(pk=user_id).first()
