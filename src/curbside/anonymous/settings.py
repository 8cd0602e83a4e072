"""Settings of the anonymous side. It refuses to start unsafe."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from curbside.kit import environment
from curbside.kit.common_settings import *  # noqa: F403 - as Django reads settings
from curbside.kit.common_settings import MODE
from curbside.kit.registrars import registrars

DATA_DIR = environment.data_dir() / "anonymous"
BASE_DIR = Path(__file__).resolve().parent

ORIGIN = environment.origin("CURBSIDE_COMMUNITY_ORIGIN", "http://community.localhost:8003")
PLACE, PLACE_LABEL, PLACE_COLOUR = "community", _("Community"), "#004d38"
"""What this site is called, its word for people, and the colour of its bar."""

SECRET_KEY = environment.secret("CURBSIDE_ANONYMOUS_SECRET_KEY", DATA_DIR / "keys" / "secret_key")
SECRET_KEY_FALLBACKS = environment.former_secrets("CURBSIDE_ANONYMOUS_SECRET_KEY_FALLBACKS", DATA_DIR / "keys" / "secret_key")
KEY_FILE = Path(environment.text("CURBSIDE_KEY_FILE", str(DATA_DIR / "keys" / "operator_keys")))
"""The operator's keys that wrap the keys of texts; kept apart from both databases and their backups."""
KEY_SERVICE = environment.words("CURBSIDE_KEY_SERVICE", "file")
"""What wraps texts' keys: `file`, or `pkcs11:/MODULE.so?token=LABEL`; with more than one, the first wraps and the others only unwrap."""
KEY_PIN = environment.text("CURBSIDE_KEY_PIN", "")
KEY_PIN_FILE = Path(environment.text("CURBSIDE_KEY_PIN_FILE", str(DATA_DIR / "keys" / "token_pin")))
"""The token's PIN, where the key service is one."""

ALLOWED_HOSTS = [ORIGIN.host]
CSRF_TRUSTED_ORIGINS = [str(ORIGIN)]
ROOT_URLCONF = "curbside.anonymous.urls"
WSGI_APPLICATION = "curbside.anonymous.wsgi.application"

INSTALLED_APPS = [
    "django.forms",  # the form renderer finds the widgets' templates through it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "curbside.kit",
    "curbside.anonymous.sealing",
    "curbside.anonymous.conditions",
    "curbside.anonymous.guard",
    "curbside.anonymous.membership",
    "curbside.anonymous.shelf",
    "curbside.anonymous.notifications",
    "curbside.anonymous.discussion",
    "curbside.anonymous.messages",
    "curbside.anonymous.pictures",
    "curbside.anonymous.polls",
    "curbside.anonymous.cases",
    "curbside.anonymous.home",
    "curbside.anonymous.lounge",
    "curbside.anonymous.search",
    "curbside.anonymous.moderation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "curbside.kit.policy.PrivatePages",
    "curbside.kit.sizes.EvenSizes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "curbside.kit.closed.ClosedByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "curbside.kit.errors.ErrorPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "curbside.kit.pages.site_context",
                "curbside.anonymous.shelf.pages.shelf_context",
            ]
        },
    }
]

DATABASES = {
    "default": environment.database("CURBSIDE_ANONYMOUS_DATABASE", DATA_DIR / "anonymous.sqlite3"),
    "ring": environment.database("CURBSIDE_RING_DATABASE", DATA_DIR / "ring.sqlite3"),
}
DATABASE_ROUTERS = ["curbside.anonymous.sealing.router.RingRouter"]
SHARED_PARTS = environment.integer("CURBSIDE_SHARED_PARTS", 500, least=1)
"""Rendered parts of pages that each process keeps in memory (kit/layers.py): about 50 KiB each."""
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",  # in memory alone: words touch no disk
        "LOCATION": "shared",
        "TIMEOUT": None,  # kit.layers ends it: an expired entry would lie here until somebody asked for it
        "OPTIONS": {"MAX_ENTRIES": SHARED_PARTS},
    },
}

AUTH_USER_MODEL = "membership.Member"
AUTHENTICATION_BACKENDS = ["curbside.anonymous.membership.backend.PasskeyBackend"]
LOGIN_URL = "membership:sign_in"
"""Where one shows the passkey again (kit/fresh.py)."""
SESSION_ENGINE = "curbside.anonymous.membership.sessions"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ORIGIN.secure
SESSION_COOKIE_NAME = "__Host-community" if ORIGIN.secure else "community"
CSRF_COOKIE_NAME = "__Host-community-csrf" if ORIGIN.secure else "community-csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ORIGIN.secure else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ORIGIN.secure else 0
FILE_UPLOAD_MAX_MEMORY_SIZE = 60_000_000  # pictures stay in memory until their pixels are sealed; a temporary file would outlive them

LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = f"{SESSION_COOKIE_NAME}-language"

STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

REGISTRARS = registrars()
"""The registrars whose rolls admit (kit/registrars.py). One line fewer ends its members' terms."""
BADGE_LEAST = environment.integer("CURBSIDE_BADGE_LEAST", 5 if MODE != "production" else 20, least=2)
"""k: a badge whose roll is smaller is refused."""
TERM_DAYS = environment.integer("CURBSIDE_TERM_DAYS", 92, least=1)
EDITION_GRACE_DAYS = environment.integer("CURBSIDE_EDITION_GRACE_DAYS", 14, least=1)
"""How long after its replacement an edition still admits."""
EDITION_LONGEST_AGE_DAYS = environment.integer("CURBSIDE_EDITION_LONGEST_AGE_DAYS", 60, least=1)
"""An edition older than this admits no more, though none replaced it: who lost a licence since is still on it."""
PROOFS_AT_ONCE = environment.integer("CURBSIDE_PROOFS_AT_ONCE", 4, least=1)
"""Proofs that may wait for the one verifying process; beyond it the page says to try again."""
LINKS_WAIT_DAYS = environment.integer("CURBSIDE_LINKS_WAIT_DAYS", 14, least=0)
"""How long after joining, and on to the next Monday, links in a member's texts are words that nobody can click."""
ONE_OFFS_A_DAY = environment.integer("CURBSIDE_ONE_OFFS_A_DAY", 3, least=1)
"""Posts as nobody that one person may make in a day."""

SEARCH_DIR = environment.memory_dir("CURBSIDE_SEARCH_DIR", "curbside-search", DATA_DIR)
"""Where the search index lies: a folder of this account alone, on a file system in memory (search/place.py)."""
SEARCH_ON_DISK = environment.flag("CURBSIDE_SEARCH_ON_DISK", default=False)
"""Whether the index may lie on a disk after all, where erased words can be read off and backups take them along."""
