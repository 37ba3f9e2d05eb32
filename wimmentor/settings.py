"""One settings file for every mode; what differs comes from the environment (wimmentor/env.py)."""

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from wimmentor import env

BASE_DIR = Path(__file__).resolve().parent.parent
WIM_MODE = env.mode()
DEMO = WIM_MODE == "demo"
PRODUCTION = WIM_MODE == "production"
STATE_DIR = Path(env.text("WIM_STATE_DIR", str(BASE_DIR / ".demo")))

DEBUG = env.flag("DEBUG") and not PRODUCTION
SECRET_KEY = env.text("SECRET_KEY", None if PRODUCTION else "only-for-tests-and-demonstrations-never-in-production-0")
# Earlier keys: what was sealed, signed or digested with them is still known.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
SITE_URL = env.text("SITE_URL", None if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL if SITE_URL.startswith("https://") else "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "whitenoise",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "wimmentor.base",
    "programmes",
    "matching",
    "inventory",
    "wimmentor.demonstration",
]

MIDDLEWARE = [
    "wimmentor.base.middleware.request_id",
    "wimmentor.base.middleware.drop_broken_cookies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # before whatever may refuse a request
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wimmentor.base.middleware.forget_language",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wimmentor.base.middleware.speak_her_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wimmentor.base.middleware.never_store",
    "wimmentor.base.middleware.show_refusals",
]

ROOT_URLCONF = "wimmentor.urls"
WSGI_APPLICATION = "wimmentor.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wimmentor.base.context.site",
            ],
        },
    }
]

# --- Databases, caches, jobs ------------------------------------------------------------------------------------

DATABASE_URL = env.text("DATABASE_URL", None if PRODUCTION else f"sqlite:///{STATE_DIR / 'db.sqlite3'}")
DATABASES: dict[str, Any] = {"default": env.database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits live here: they must hold when Redis is down or flushed.
# By default the cache keeps 300 entries: whoever makes more would push everybody's limits out of it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", None if PRODUCTION else "memory://localhost")
if PRODUCTION:
    env.refuse_toys(database_url=DATABASE_URL, broker_url=CELERY_BROKER_URL)
# A name of its own where several sites share one Redis database.
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "wimmentor")
# E-mails have a queue of their own: a mail server that hangs must not keep matching waiting.
MAIL_QUEUE = f"{CELERY_TASK_DEFAULT_QUEUE}-mail"
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 60)
JOB_BEAT_SECONDS = env.number("JOB_BEAT_SECONDS", 10)
# After that a run ends with the best it has, told as not proven. 20,000 mentees take about a minute.
MATCHING_SECONDS = env.number("MATCHING_SECONDS", 600)
JOB_DISPATCH_SECONDS = env.number("JOB_DISPATCH_SECONDS", 5)
JOB_MAX_ATTEMPTS = env.number("JOB_MAX_ATTEMPTS", 5)
# Web processes start the worker in themselves (the demonstration: one process, no broker).
EMBEDDED_WORKER = env.flag("WIM_EMBEDDED_WORKER")
# Seconds added to the database's clock; only tests and demonstrations may set it.
CLOCK_SHIFT_SECONDS = 0 if PRODUCTION else env.number("WIM_CLOCK_SHIFT_SECONDS", 0)

# --- People and sign-in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "programmes.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account-home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "programmes.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Once for each code asked for: more are asked for anew, which is counted.
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 1
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 1
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# One account, one address: a new one takes the place of the old when it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
# The eleventh wrong try is refused, per address and per account; the share of one address is half of what an account
# has (people/tries.py). Whom a letter goes to is counted beside these (base/limits.py: spend_letter), since a key alone
# would let whoever keeps asking from one address shut out its owner everywhere.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "20/m/ip",
    "login_failed": "10/m/ip,10/5m/key",
    "request_login_code": "20/m/ip",
    "reset_password": "10/m/ip",
    "reset_password_from_key": "10/m/ip",
    "signup": "10/m/ip",
    **{f"wrong_{what}_share": "5/5m/key" for what in ("password", "code")},
    **{f"wrong_{what}_all": "10/5m/key" for what in ("password", "code")},
}
ACCOUNT_FORMS = {
    "login": "programmes.people.account_forms.SignInForm",
    "signup": "programmes.people.account_forms.SignUpForm",
    "request_login_code": "programmes.people.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "programmes.people.account_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "programmes.people.account_forms.ConfirmEmailVerificationCodeForm",
    "add_email": "programmes.people.account_forms.AddEmailForm",
    "reset_password": "programmes.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "programmes.people.account_forms.ResetPasswordKeyForm",
    "set_password": "programmes.people.account_forms.SetPasswordForm",
    "change_password": "programmes.people.account_forms.ChangePasswordForm",
    "reauthenticate": "programmes.people.account_forms.ReauthenticateForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_UNIQUE_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wimmentor"
MFA_ADAPTER = "programmes.people.accounts.MfaAdapter"
MFA_FORMS = {
    "authenticate": "programmes.people.account_forms.AuthenticateForm",
    "reauthenticate": "programmes.people.account_forms.ReauthenticateByCodeForm",
    "activate_totp": "programmes.people.account_forms.ActivateTOTPForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

# --- E-mail: the outbox sends, through this backend -------------------------------------------------------------

EMAIL_BACKEND = "programmes.outbox.mailbox.DemoMailbox" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 20)
# After this long a sender counts as dead; a conversation has about eight steps of EMAIL_TIMEOUT each.
EMAIL_LEASE_SECONDS = env.number("EMAIL_LEASE_SECONDS", 180)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Wimmentor <no-reply@example.org>")
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "security@example.org")

# --- Language and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Each by its own name: whoever looks for hers may read no other.
LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français")]
# Every sentence of the catalogues marked and lengthened (wimmentor/base/pseudo.py): what is not, is not in them.
PSEUDO = env.flag("WIM_PSEUDO") and not PRODUCTION
LOCALE_PATHS = [BASE_DIR / "wimmentor" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["wimmentor.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files and media -------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(STATE_DIR / "static" if DEMO else BASE_DIR / "staticfiles")))
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(STATE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if WIM_MODE == "test" or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WIM_MODE == "test" or DEBUG

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Who was erased, as digests: it must outlive the database, so that a restore erases them again.
ERASURE_LEDGER = Path(env.text("ERASURE_LEDGER", str(STATE_DIR / "erasures.jsonl")))

# --- Security ---------------------------------------------------------------------------------------------------

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "wim_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "wim_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_SSL_REDIRECT = HTTPS and env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.number("TRUSTED_PROXY_COUNT", 0) else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_HANDLERS = ["wimmentor.base.uploads.BoundedUploadHandler"]
CSRF_FAILURE_VIEW = "wimmentor.base.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "wimmentor.base.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "wimmentor.base.middleware.LogLine",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
            "stream": sys.stderr,
        }
    },
    # The memory transport has no host; kombu says so at every start.
    "loggers": {"kombu.connection": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING" if not PRODUCTION else "INFO")},
}
