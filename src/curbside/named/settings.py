"""Settings of the named side. It refuses to start unsafe."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from curbside.kit import environment
from curbside.kit.common_settings import *  # noqa: F403 - as Django reads settings
from curbside.kit.common_settings import BUILD_DIR, MODE

DATA_DIR = environment.data_dir() / "named"
BASE_DIR = Path(__file__).resolve().parent

ORIGIN = environment.origin("CURBSIDE_DIRECTORY_ORIGIN", "http://directory.localhost:8001")
PLACE, PLACE_LABEL, PLACE_COLOUR = "directory", _("Directory"), "#0b3a75"
"""What this site is called, its word for people, and the colour of its bar."""

SECRET_KEY = environment.secret("CURBSIDE_NAMED_SECRET_KEY", DATA_DIR / "keys" / "secret_key")
SECRET_KEY_FALLBACKS = environment.former_secrets("CURBSIDE_NAMED_SECRET_KEY_FALLBACKS", DATA_DIR / "keys" / "secret_key")
EVIDENCE_KEY = environment.secret("CURBSIDE_EVIDENCE_KEY", DATA_DIR / "keys" / "evidence_key")
"""32 bytes as base64url: what uploaded evidence is encrypted with until its decision."""
EVIDENCE_KEY_FALLBACKS = environment.former_secrets("CURBSIDE_EVIDENCE_KEY_FALLBACKS", DATA_DIR / "keys" / "evidence_key")
ROLL_SIGNING_KEY_FILE = Path(environment.text("CURBSIDE_ROLL_SIGNING_KEY_FILE", str(DATA_DIR / "keys" / "roll_signing_key")))

ALLOWED_HOSTS = [ORIGIN.host]
CSRF_TRUSTED_ORIGINS = [str(ORIGIN)]
ROOT_URLCONF = "curbside.named.urls"
WSGI_APPLICATION = "curbside.named.wsgi.application"

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
    "curbside.named.registers",
    "curbside.named.doctors",
    "curbside.named.verification",
    "curbside.named.roll",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "curbside.kit.policy.PrivatePages",
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
            ]
        },
    }
]

DATABASES = {"default": environment.database("CURBSIDE_NAMED_DATABASE", DATA_DIR / "named.sqlite3")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "doctors.Doctor"
AUTHENTICATION_BACKENDS = ["curbside.named.doctors.backend.PasskeyBackend"]
LOGIN_URL = "doctors:sign_in"
SESSION_ENGINE = "curbside.named.doctors.sessions"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ORIGIN.secure
SESSION_COOKIE_NAME = "__Host-directory" if ORIGIN.secure else "directory"
CSRF_COOKIE_NAME = "__Host-directory-csrf" if ORIGIN.secure else "directory-csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ORIGIN.secure else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ORIGIN.secure else 0
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000  # evidence stays in memory until encrypted; a temporary file would outlive it

LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = f"{SESSION_COOKIE_NAME}-language"

STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

_MAIL_BY = "smtp" if MODE == "production" else "console"  # the console is the journal, which would keep addresses and codes
EMAIL_BACKEND = environment.text("CURBSIDE_EMAIL_BACKEND", f"django.core.mail.backends.{_MAIL_BY}.EmailBackend")
EMAIL_HOST = environment.text("CURBSIDE_EMAIL_HOST", "localhost")
EMAIL_PORT = environment.integer("CURBSIDE_EMAIL_PORT", 25)
DEFAULT_FROM_EMAIL = environment.text("CURBSIDE_EMAIL_FROM", f"registrar@{ORIGIN.host}")
INSTITUTION_DOMAINS = environment.words("CURBSIDE_INSTITUTION_DOMAINS", "hospital.example" if MODE != "production" else "")
"""Domains at which an address proves that one works at a medical institution."""

VOUCH_AFTER_DAYS = environment.integer("CURBSIDE_VOUCH_AFTER_DAYS", 90 if MODE == "production" else 0)
"""How long a doctor must have been verified before their word lets others in."""
VOUCHED_A_WEEK = environment.integer("CURBSIDE_VOUCHED_A_WEEK", 10)
"""How many doctors of a register vouches alone may verify in seven days; beyond it a registrar decides."""

REGISTRAR_HOST = ORIGIN.host
ROLL_DIR = Path(environment.text("CURBSIDE_ROLL_DIR", str(DATA_DIR / "rolls")))
ROLL_LEAST = environment.integer("CURBSIDE_ROLL_LEAST", 5 if MODE != "production" else 20, least=2)
"""k: the fewest commitments a published roll may hold, and the fewest new ones that change it."""
ROLL_LONGEST_WAIT_DAYS = environment.integer("CURBSIDE_ROLL_LONGEST_WAIT_DAYS", 0)
"""After so many days a roll changes with fewer, and shows who they are (roll.W001); 0: it waits for k, however long."""
EDITION_INTERVAL_DAYS = environment.integer("CURBSIDE_EDITION_INTERVAL_DAYS", 7, least=1)
PUBLISH_AT_ONCE = environment.flag("CURBSIDE_PUBLISH_AT_ONCE", default=MODE == "demo")
"""Demos only: an edition after each new commitment, which shows the world who just came."""
WALLET_SUMS_FILE = BUILD_DIR / "wallet" / "SHA256SUMS"
COMMUNITY_LINK = environment.text("CURBSIDE_COMMUNITY_LINK", "")
"""Optional address that a doctor on the roll is shown; the named side itself never opens it."""
TERM_DAYS = environment.integer("CURBSIDE_TERM_DAYS", 92, least=1)
"""How long a membership lasts on the other side: a new commitment after a loss waits as long."""
