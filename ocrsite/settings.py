"""Settings of the site. Everything that differs between sites comes from the environment, once, loudly.

``docs/configuration.md`` describes each variable.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from documents.ocr.engines import ENGINES
from documents.ocr.options import Options
from ocrsite import env
from ocrsite.cores import usable_cores
from ocrsite.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

# One thread for each engine process: its own threads make a batch several times slower.
os.environ["OMP_THREAD_LIMIT"] = "1"

# ocrsite

OCRSITE_DATA_DIR = env.folder("OCRSITE_DATA_DIR", BASE_DIR / "data")
# The supervisor gives each process a TMPDIR of its own there, which it empties at the next start.
OCRSITE_TMP_DIR = env.folder("TMPDIR", OCRSITE_DATA_DIR / "tmp")
OCRSITE_SIGNUP = env.choice("OCRSITE_SIGNUP", ("closed", "open"), "closed")
OCRSITE_ENGINE = env.choice("OCRSITE_ENGINE", tuple(ENGINES), Options().engine)
OCRSITE_DEFAULT_LANGUAGES = env.languages("OCRSITE_DEFAULT_LANGUAGES")
OCRSITE_MAX_UPLOAD_MB = env.integer("OCRSITE_MAX_UPLOAD_MB", 1000)
OCRSITE_MAX_PIXELS = env.integer("OCRSITE_MAX_PIXELS", 300_000_000)
OCRSITE_MAX_PAGES = env.integer("OCRSITE_MAX_PAGES", 2000)
OCRSITE_PAGE_TIMEOUT = env.integer("OCRSITE_PAGE_TIMEOUT", 120)
OCRSITE_TRASH_DAYS = env.integer("OCRSITE_TRASH_DAYS", 30)
OCRSITE_WATCH_DIR = env.place("OCRSITE_WATCH_DIR")
OCRSITE_WATCH_USER = env.text("OCRSITE_WATCH_USER")
OCRSITE_WATCH_COLLECTION = env.text("OCRSITE_WATCH_COLLECTION")
OCRSITE_API_RATE = env.integer("OCRSITE_API_RATE", 600, minimum=0)
OCRSITE_RECOGNISE_AT_ONCE = env.integer("OCRSITE_RECOGNISE_AT_ONCE", max(1, usable_cores() // 2))
OCRSITE_API_ORIGINS = env.origins("OCRSITE_API_ORIGINS")

# Django

DEBUG = env.boolean("OCRSITE_DEBUG")
SECRET_KEY = secret_key(env.text("OCRSITE_SECRET_KEY"), OCRSITE_DATA_DIR)
ALLOWED_HOSTS = env.hosts("OCRSITE_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
ROOT_URLCONF = "ocrsite.urls"
WSGI_APPLICATION = "ocrsite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accounts",
    "documents",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "heroicons",
    "ninja",
]

MIDDLEWARE = [
    "documents.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.same_person",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
            ],
            "builtins": ["documents.templatetags.icons"],
        },
    }
]

# Rows

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{OCRSITE_DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes its write lock when it begins, so that it waits instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;",
    }
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
OCRSITE_BROKER_URL = env.broker("OCRSITE_BROKER_URL")
TASKS = {
    "default": {"BACKEND": "documents.queues.celery.CeleryQueue", "OPTIONS": {"app": "ocrsite.celery.app"}}
    if OCRSITE_BROKER_URL
    else {"BACKEND": "documents.queues.database.DatabaseQueue"}
}

# Files

STORAGES = {
    "default": env.storage("OCRSITE_STORAGE_URL", OCRSITE_DATA_DIR / "media"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ocrsite.staticfiles.HashedStaticFilesStorage"
    },
}
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_HANDLERS = ["documents.uploads.HashingUploadHandler"]
FILE_UPLOAD_TEMP_DIR = OCRSITE_TMP_DIR
FILE_UPLOAD_PERMISSIONS = 0o600  # what people send is nobody else's, on the server too
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
# 1,000 documents that are ticked one by one, and what is asked about them: each language is a field, too.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1200

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "archive"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True

# Safety

SESSION_COOKIE_NAME = "ocrsite_session"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
if env.boolean("OCRSITE_HTTPS"):
    # Reached through a proxy that ends TLS: see "Behind a proxy" in docs/configuration.md.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the other hosts of the domain are not ours
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits on guessing count the visitor, not the proxy
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]

# Words

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TZ", "UTC")

# Logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ocrsite.logs.LogFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "documents": {"level": "INFO"},
        "ocrsite": {"level": "INFO"},
        # It warns of each answer to HEAD, whose body Django leaves to the server to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
