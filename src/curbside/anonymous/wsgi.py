"""The anonymous side as a WSGI application. It does not start under another host than the one its passkeys are for."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "curbside.anonymous.settings")

application = get_wsgi_application()


def _check_host() -> None:
    from django.conf import settings

    from curbside.anonymous.membership.models import PasskeyHost
    from curbside.kit.hosts import refuse_other_host

    refuse_other_host(PasskeyHost, settings.ORIGIN, "CURBSIDE_COMMUNITY_ORIGIN")


_check_host()
