"""Django's messages in a cookie that carries the site's own prefix, so that no neighbouring host can set it."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest


class SiteCookieStorage(CookieStorage):
    """The cookie is named after the session's, with its ``__Host-`` in production."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.cookie_name = f"{settings.SESSION_COOKIE_NAME}-messages"
