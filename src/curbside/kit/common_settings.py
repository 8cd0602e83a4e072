"""Settings that are the same on both sides. None of them knows a site's host, keys or data."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from curbside.kit import environment
from curbside.kit.logs import logging_settings
from curbside.kit.policy import content_policy

MODE = environment.mode()
BUILD_DIR = Path(environment.text("CURBSIDE_BUILD_DIR", "build")).absolute()
WALLET_ORIGIN = environment.origin("CURBSIDE_WALLET_ORIGIN", "http://wallet.localhost:8002")
SITE_NAME = environment.text("CURBSIDE_SITE_NAME", "Curbside")
SOURCE_URL = environment.text("CURBSIDE_SOURCE_URL", "none")
"""Where visitors get the source of the running version (AGPL, section 13)."""

DEBUG = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # tables near a person name RandomIdField; a test holds them to it
FORM_RENDERER = "curbside.kit.forms.FieldRenderer"
MESSAGE_STORAGE = "curbside.kit.notices.SiteCookieStorage"

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
BEHIND_FRONT = environment.flag("CURBSIDE_BEHIND_FRONT", default=MODE == "production")
"""Whether a front sets X-Forwarded-For; rate limits then tell visitors apart by its last entry."""
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer would make forms send `Origin: null`, which the CSRF check refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frames are refused by frame-ancestors of the policy
    "security.W005",  # other hosts of the operator's domain are not ours to bind
    "security.W008",  # the front leads to https: deploy/
    "security.W021",  # likewise
]

CONTENT_SECURITY_POLICY = content_policy()
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French")), ("de", _("German")), ("it", _("Italian"))]
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILD_DIR / "static"] if (BUILD_DIR / "static").is_dir() else []
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has any use for our scripts

LOGGING = logging_settings()
LOGGING_CONFIG = "logging.config.dictConfig"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
