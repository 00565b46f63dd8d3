"""Settings, written from the environment. Nothing here has a second place to be set."""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from shuniu.config.databases import database_settings
from shuniu.config.env import PACKAGE, read_environment
from shuniu.config.keys import DataKeyring, load_keys
from shuniu.config.logs import LOGGING  # noqa: F401  # read by Django

ENVIRONMENT = read_environment()
KEYS = load_keys(ENVIRONMENT.home)

SECRET_KEY = KEYS.signing
CHAIN_KEY = KEYS.chain
INDEX_KEY = KEYS.index
DATA_KEYRING = DataKeyring(ENVIRONMENT.home)
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "shuniu.config.urls"
ASGI_APPLICATION = "shuniu.config.asgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "csp",
    "django_htmx",
    "django_linear_migrations",
    "django_vite",
    "template_partials",
    "shuniu.zone.kernel",
    "shuniu.zone.accounts",
    "shuniu.zone.registry",
    "shuniu.zone.notices",
    "shuniu.zone.hangs",
    "shuniu.zone.desk",
    "shuniu.zone.freight",
    "shuniu.zone.briefings",
    "shuniu.zone.hall",
    "shuniu.zone.portal",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "shuniu.zone.kernel.origin.OriginMiddleware",
    "shuniu.zone.kernel.rfc9457.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shuniu.zone.kernel.memory.MemoryMiddleware",
    "shuniu.zone.kernel.web.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shuniu.zone.kernel.web.RefusalTraceMiddleware",
    "shuniu.config.tokens.TokenMiddleware",
    "shuniu.config.sessions.SessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "shuniu.config.standing.StandingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shuniu.zone.kernel.web.NoStoreMiddleware",
    "shuniu.zone.kernel.web.IdempotencyMiddleware",
    "shuniu.zone.kernel.refusals.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["shuniu.zone.kernel.templatetags.fixed"],  # for ``url``
            "libraries": {"i18n": "shuniu.zone.kernel.templatetags.fixed"},  # for ``translate``
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shuniu.config.navigation.layout",
            ],
        },
    }
]

DATABASES = {"default": database_settings(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RULES = ENVIRONMENT.password_rules
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "portal:home"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [PACKAGE / "config" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = str(PACKAGE / "static")
FRONT_END_MANIFEST = PACKAGE / "static" / "dist" / "manifest.json"
DJANGO_VITE = {
    "default": {"manifest_path": FRONT_END_MANIFEST, "static_url_prefix": "/static/dist"}
}
UPLOADS = ENVIRONMENT.home / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# A stay ends after twelve hours; the cookie lasts a little longer, so that this can be told.
SESSION_COOKIE_AGE = int(timedelta(hours=13).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "shuniu.zone.kernel.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address] if ENVIRONMENT.address else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if ENVIRONMENT.is_https:
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": [UNSAFE_INLINE],  # charts set attributes; no style element is allowed
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # that ``i18n`` is another library than Django's

# What goes out of the building: nothing while no mail server and no group robot is set up.
MAIL_IS_ON = ENVIRONMENT.mail is not None
if ENVIRONMENT.mail is not None:
    EMAIL_HOST = ENVIRONMENT.mail.host
    EMAIL_PORT = ENVIRONMENT.mail.port
    EMAIL_HOST_USER = ENVIRONMENT.mail.user
    EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
    EMAIL_USE_TLS = ENVIRONMENT.mail.tls == "starttls"
    EMAIL_USE_SSL = ENVIRONMENT.mail.tls == "tls"
    DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender
WECOM_ADDRESS = ENVIRONMENT.wecom
PUBLIC_ADDRESS = ENVIRONMENT.address or ""
NOTICE_KINDS = "shuniu.config.notices.KINDS"
TOLD = "shuniu.zone.notices.queries.told_between"
NOTICE_SUBJECTS = "shuniu.config.notices.SUBJECTS"

IMPORTS = "shuniu.config.imports.IMPORTS"
REACTIONS = "shuniu.config.reactions.REACTIONS"
DATA_MAP = "shuniu.config.data_map.DATA_MAP"
DATA_COPIES = "shuniu.config.data_map.DATA_COPIES"
RETENTION = "shuniu.config.retention.KEEPINGS"
ZONE_LANGUAGE = "shuniu.zone.registry.queries.zone_language"
ENTERPRISE_WAYS = "shuniu.config.ways.ways_of_enterprise"
HANG_SOURCES = "shuniu.config.hang_sources.SOURCES"
DAY_SUMMARIES = "shuniu.config.day_summaries.SUMMARIES"
API_FIELDS = "shuniu.config.api_words.FIELDS"
API_DOCUMENT = "shuniu.config.api.described"
ZONE_WORDS = "shuniu.zone.registry.queries.zone_words"
