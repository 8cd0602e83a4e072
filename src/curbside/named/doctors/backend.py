"""Signing in: the passkey was checked by the view's action, so the backend only finds the doctor of a session."""

from django.contrib.auth.backends import BaseBackend

from curbside.named.doctors.models import Doctor


class PasskeyBackend(BaseBackend):
    """Finds the doctor a session names, with the licence that the header shows."""

    def get_user(self, user_id: int) -> Doctor | None:
        """The doctor, or none."""
        return Doctor.objects.select_related("licence").filter(pk=user_id).first()
