"""Django's settings. What a person may change is in `docs/configuration.md` and comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from habeas.config import env

PACKAGE = Path(__file__).resolve().parent.parent

DATA_DIR = env.data_dir()
SECRET_KEY = env.secret_key(DATA_DIR)
# The keys of confidential fields; "" is a file in the data folder.
KEY_FILE = env.text("HABEAS_KEY_FILE")
DEBUG = env.flag("HABEAS_DEBUG")
ALLOWED_HOSTS = env.words("HABEAS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("HABEAS_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the list of passkeys counts days
    "django_htmx",
    "csp",
    "habeas.audit",
    "habeas.accounts",
    "habeas.sources",
    "habeas.cases",
    "habeas.watch",
    "habeas.advocacy",
    "habeas.demo",
    "habeas.web",
    "allauth",  # after the desk, whose templates take the place of its own
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "habeas.web.desk.uploads.LittleFromStrangers",
    "habeas.accounts.idle.LockWhenIdle",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "habeas.web.desk.allowed.Refusal",
]

ROOT_URLCONF = "habeas.config.urls"
WSGI_APPLICATION = "habeas.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "habeas.web.desk.allowed.may",
            ],
        },
    },
]

DATABASES = {"default": env.database(env.text("HABEAS_DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Minutes without a page after which a desk locks itself.
IDLE_MINUTES = env.number("HABEAS_IDLE_MINUTES", 30)
# Second factors. Whoever has one is asked for it after a password and after a sign-in link alike.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "habeas.accounts.second_factor.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Habeas"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.flag("HABEAS_HTTPS")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = env.text("HABEAS_TIME_ZONE", "UTC")
USE_TZ = True

# Hosts on this machine or a private network that a person may fetch from; the public web needs no mention.
FETCH_HOSTS = env.words("HABEAS_FETCH_HOSTS")

# Where people open this desk: the links in mails and calendars lead there.
DESK_URL = env.text("HABEAS_DESK_URL", "http://127.0.0.1:8010").rstrip("/")
# How mail is sent; without HABEAS_SMTP_URL alerts by mail wait.
vars().update(env.mail(env.text("HABEAS_SMTP_URL")))
DEFAULT_FROM_EMAIL = env.text("HABEAS_MAIL_FROM", "habeas@localhost")

# Seconds between two pages of one server.
FETCH_PAUSE_S = 2.0

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # files come from the package; nothing to collect, nothing to build
WHITENOISE_AUTOREFRESH = DEBUG

# A document may be long; what a browser may post is not.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The files of one form, together; more is refused before anything of it is kept.
UPLOAD_LIMIT = 50_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# What is handed over stays in memory while it is read: no plain copy is left in a folder for passing files.
FILE_UPLOAD_HANDLERS = ["habeas.web.desk.uploads.Quota", "django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT

# One cookie for the session, one against forged posts; both leave the machine only where HTTPS is declared.
SECURE = env.flag("HABEAS_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "habeas.config.logs.Plain", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("HABEAS_LOG_LEVEL", "WARNING")},
}
