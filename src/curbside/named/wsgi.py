"""The named side as a WSGI application. It does not start under another host than the one its passkeys are for."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "curbside.named.settings")

application = get_wsgi_application()


def _check_host() -> None:
    from django.conf import settings

    from curbside.kit.hosts import refuse_other_host
    from curbside.named.doctors.models import PasskeyHost

    refuse_other_host(PasskeyHost, settings.ORIGIN, "CURBSIDE_DIRECTORY_ORIGIN")


_check_host()
