"""One settings module. Everything that differs between a laptop and production comes from the environment (.env.example)."""

import hashlib
import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = os.environ


def flag(name: str, default: bool = False) -> bool:
    return ENV.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


# Core

EMBEDDED = "DATABASE_URL" not in ENV
DEBUG = flag("DEBUG")
DATA_DIR = Path(ENV.get("DATA_DIR", BASE_DIR / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)
SITE_URL = (ENV.get("SITE_URL") or "http://127.0.0.1:8000").rstrip("/")
DEMONSTRATION = flag("DEMONSTRATION", EMBEDDED)


def secret_key() -> str:
    """From the environment; the embedded set-up keeps one of its own beside its data."""
    if "SECRET_KEY" in ENV:
        return ENV["SECRET_KEY"]
    if not EMBEDDED:
        raise ImproperlyConfigured("SECRET_KEY must be set when DATABASE_URL is.")
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.write_text(os.urandom(48).hex())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = ENV.get("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver" if EMBEDDED else "").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "clusterpolisee.urls"
WSGI_APPLICATION = "clusterpolisee.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
SITE_ID = 1

INSTALLED_APPS = [
    "platform_core.ground.registry",
    "platform_core.ground.vocabulary",
    "platform_core.ground.texts",
    "platform_core.ground.ui",
    "platform_core.ground.reports",
    "platform_core.identity.audit",
    "platform_core.identity.accounts",
    "platform_core.identity.access",
    "platform_core.materials.jobs",
    "platform_core.materials.languages",
    "platform_core.materials.files",
    "platform_core.materials.drafts",
    "platform_core.materials.trails",
    "platform_core.people.members",
    "platform_core.people.privacy",
    "platform_core.exchange.messaging",
    "platform_core.exchange.discussions",
    "platform_core.exchange.cases",
    "platform_core.exchange.assessment",
    "platform_core.programme.search",
    "platform_core.programme.monitoring",
    "platform_core.programme.network",
    "platform_core.programme.events",
    "platform_core.programme.governance",
    "platform_core.programme.pages",
    "repository",
    "workinggroups",
    "consultations",
    "benchmarking",
    "pilots",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.contrib.simple_translation",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "reversion",
    "django_htmx",
    "health_check",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platform_core.programme.monitoring.middleware.UsageMiddleware",
    "pilots.middleware.ReachMiddleware",
    "platform_core.ground.ui.middleware.GuestPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "platform_core.identity.access.middleware.SecondStepMiddleware",
    "platform_core.identity.access.middleware.SeeingAsMiddleware",
    "platform_core.identity.accounts.middleware.PersonalSettingsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "platform_core.ground.ui.middleware.NothingSentMiddleware",
]

FORM_RENDERER = "platform_core.ground.ui.widgets.Renderer"
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
                "platform_core.ground.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "platform_core.ground.ui.templatetags.components",
                "platform_core.ground.texts.templatetags.texts",
            ],
        },
    }
]

# Databases, caches, background work

if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "platform_core.materials.jobs.sqlite",
            "NAME": DATA_DIR / "clusterpolisee.sqlite3",
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
            },
        }
    }
else:
    DATABASES = {"default": dj_database_url.parse(ENV["DATABASE_URL"], conn_max_age=600)}

REDIS_URL = ENV.get("REDIS_URL", "")
CACHE_PREFIX = ENV.get("CACHE_PREFIX", "clusterpolisee")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": CACHE_PREFIX,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "KEY_PREFIX": CACHE_PREFIX,
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    }

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = CACHE_PREFIX
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celery-beat")
CELERY_BEAT_SCHEDULE = {"tick": {"task": "jobs.tick", "schedule": float(ENV.get("TICK_SECONDS", "60"))}}
PEOPLE_THRESHOLD = 5  # lists of evidence show people to guests only as counts of at least so many
USAGE_SECONDS = float(ENV.get("USAGE_SECONDS", "10"))  # 0: written only when asked for
JOB_LEASE_SECONDS = int(ENV.get("JOB_LEASE_SECONDS", "60"))

# Signing in

AUTHENTICATION_BACKENDS = [
    "platform_core.identity.access.backends.RightsBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # asked only by access, through its own backend
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "platform_core.identity.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "platform_core.identity.accounts.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {} if flag("NO_RATE_LIMITS") else {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ClusterPoliSEE"
SOCIALACCOUNT_ADAPTER = "platform_core.identity.accounts.adapters.InstitutionAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # only verified addresses
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if "OIDC_SERVER_URL" in ENV:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "institution",
            "name": ENV.get("OIDC_NAME", "OpenID Connect"),
            "client_id": ENV["OIDC_CLIENT_ID"],
            "secret": ENV["OIDC_CLIENT_SECRET"],
            "settings": {"server_url": ENV["OIDC_SERVER_URL"]},
        }
    )
REQUIRE_SECOND_STEP = flag("REQUIRE_SECOND_STEP", not EMBEDDED)
LOGIN_REDIRECT_URL = "accounts:home"
LOGIN_URL = "account_login"

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("it", _("Italian")),
    ("de", _("German")),
    ("hu", _("Hungarian")),
    ("ro", _("Romanian")),
    ("bg", _("Bulgarian")),
    ("el", _("Greek")),
    ("sk", _("Slovak")),
    ("sl", _("Slovenian")),
    ("hr", _("Croatian")),
    ("sr-latn", _("Serbian")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["platform_core.ground.ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = DISPLAY_TIME_ZONE = "Europe/Vienna"  # one day for deadlines, whether a page or a worker asks
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_SITE_NAME = "ClusterPoliSEE"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False

# Files

STATIC_URL = "/static/"
STATIC_ROOT = Path(ENV.get("STATIC_ROOT", DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PLAIN_STATIC = flag("PLAIN_STATIC", EMBEDDED)
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if "S3_BUCKET" in ENV:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": ENV["S3_BUCKET"], "endpoint_url": ENV.get("S3_ENDPOINT"), "default_acl": "private"}
        | {"max_memory_size": 8 * 2**20},  # larger files are read from disk
    }
DATACITE_URL = ENV.get("DATACITE_URL", "").rstrip("/")
DATACITE_PREFIX, DATACITE_USER = ENV.get("DATACITE_PREFIX", ""), ENV.get("DATACITE_USER", "")
DATACITE_PASSWORD = ENV.get("DATACITE_PASSWORD", "")
JITSI_URL = ENV.get("JITSI_URL", "").rstrip("/")
BIGBLUEBUTTON_URL, BIGBLUEBUTTON_SECRET = (
    ENV.get("BIGBLUEBUTTON_URL", "").rstrip("/"),
    ENV.get("BIGBLUEBUTTON_SECRET", ""),
)
WOPI_SERVER = ENV.get("WOPI_SERVER", "")  # discovery address of an office server, or a template with {source}
CHECK_LINKS = ENV.get("CHECK_LINKS", "" if EMBEDDED else "yes")  # "anywhere" asks machines of our own network too
FILE_SCANNER = ENV.get("FILE_SCANNER", "")  # dotted path of a function that looks through uploads for harmful programs
FILE_SIZE_LIMIT = int(ENV.get("FILE_SIZE_LIMIT", str(50 * 2**20)))
LARGE_FILE_LIMIT = int(ENV.get("LARGE_FILE_LIMIT", str(2**30)))  # bytes of a file that comes in parts
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
TRUSTED_PROXIES = int(ENV.get("TRUSTED_PROXIES", "0" if EMBEDDED else "1"))  # of our own, before the program
CONSULTATION_BEGINS_PER_HOUR = int(ENV.get("CONSULTATION_BEGINS_PER_HOUR", "200"))  # from one address, then likewise
CONSULTATION_SENDS_PER_HOUR = int(
    ENV.get("CONSULTATION_SENDS_PER_HOUR", "20")
)  # then the browser is asked for some work
CONSULTATION_SENDS_PER_DEVICE = int(ENV.get("CONSULTATION_SENDS_PER_DEVICE", "10"))  # then answers are looked at first
CONSULTATION_SECONDS_PER_QUESTION = float(ENV.get("CONSULTATION_SECONDS_PER_QUESTION", "0.5"))  # faster is no reading
FILE_UPLOAD_HANDLERS = ["platform_core.materials.files.uploads.SizeLimitHandler"]

# Mail

EMAIL_BACKEND = "platform_core.exchange.messaging.outbox.OutboxBackend"
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend" if "EMAIL_HOST" in ENV else ""
EMAIL_HOST = ENV.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(ENV.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = ENV.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENV.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = ENV.get("DEFAULT_FROM_EMAIL", "ClusterPoliSEE <no-reply@clusterpolisee.invalid>")
MESSAGES_PER_HOUR = int(ENV.get("MESSAGES_PER_HOUR", "60"))  # private messages of one person

# Security

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
if SITE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF, "'unsafe-inline'"],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    },
}
if "OIDC_SERVER_URL" in ENV:  # the form to sign in there is sent on to it
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("/".join(ENV["OIDC_SERVER_URL"].split("/")[:3]))
AUDIT_KEY = ENV.get("AUDIT_KEY") or hashlib.sha256(f"audit:{SECRET_KEY}".encode()).hexdigest()
AUDIT_ANCHOR = Path(ENV.get("AUDIT_ANCHOR", DATA_DIR / "audit-anchor.jsonl"))

# Logging

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.get("LOG_LEVEL", "WARNING")},
}
