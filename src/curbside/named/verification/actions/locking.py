"""Fetches the application that an action is about to change, locked, and refuses a decided one."""

from django.utils.translation import gettext_lazy as _

from curbside.kit.errors import Conflict
from curbside.named.verification.models import Application


def locked(application: Application) -> Application:
    """The application as stored, locked until the transaction ends; raises Conflict once it is decided."""
    found = Application.objects.select_for_update().select_related("doctor").filter(pk=application.pk).first()
    if found is None or not found.undecided:
        raise Conflict(_("This application was decided or withdrawn meanwhile. Go back and reload the page."))
    return found
