"""Settings safe for production; dev and test relax them."""

import os

from config import environment
from config.environment import Part

# Which process this is: it chooses the addresses it answers, the keys it finds and the database role it signs in as.
HEARD_PART = environment.part()
ROOT = environment.ROOT
VAR = environment.var_dir()

DEBUG = False
SECRET_KEY = environment.secret_file("django-secret-key", create=False)
ALLOWED_HOSTS = environment.names("HOSTS")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "pages.apps.PagesConfig",
    "analysis.apps.AnalysisConfig",
    "surveys.apps.SurveysConfig",
    "feedback.apps.FeedbackConfig",
    "accounts.apps.AccountsConfig",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.quiet_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.guard.Guard",
    "allauth.account.middleware.AccountMiddleware",
    "config.guard.Guard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Templates of ours take the inline scripts out of Wagtail's widgets: see docs/decisions/nothing-inline.md.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": environment.database(environment.text("DATABASE"), VAR, HEARD_PART)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.StaffBackend"]
LOGIN_URL = "/staff/sign-in/"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Who signs in, and with what: see docs/decisions/staff-sign-in.md. Slowing is our own, so allauth's is off.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.AgainForm",
    "activate_totp": "accounts.forms.AddAppForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

LANGUAGE_CODE = "en-gb"
# Each by its own name. The journey speaks them; the staff's side stays English.
LANGUAGES = [
    ("en-gb", "English"),
    ("cy", "Cymraeg"),
    ("pl", "Polski"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("ur", "اردو"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [VAR / "locale"]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES[:1]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    ROOT / "site" / "static",
    ("govuk", VAR / "govuk"),
    ("pictures", ROOT / "surveys" / "data" / "pictures"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"

# Background tasks wait in the database, or on the Redis server of an installation that names one.
HEARD_REDIS = environment.text("REDIS")
HEARD_LINE = "feedback.line_redis" if HEARD_REDIS else "feedback.line_database"
TASKS = environment.tasks(HEARD_REDIS)
RQ_QUEUES = environment.redis_queues(HEARD_REDIS)
if HEARD_REDIS:
    INSTALLED_APPS.append("django_rq")

CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"

# A victims' platform calls nobody: no mail, which Wagtail would send of its own accord, no avatar service, no release
# check. The list of all there could be is in docs/operator.md.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_SITE_NAME = "Heard"
WAGTAILADMIN_BASE_URL = environment.text("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# A document has no address of its own: published surveys show copies under the name of their content.
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Nothing to other sites. Not "no-referrer": browsers then send `Origin: null` and no staff form passes the CSRF check.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Strict"
# The public process may not even look at the table of staff's sessions.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'signed_cookies' if HEARD_PART is Part.PUBLIC else 'db'}"
SESSION_COOKIE_AGE = 12 * 60 * 60  # the longest that HEARD_SESSION_SECONDS may be
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
# Wagtail's previews alone, which say so themselves, may stand in a frame of ours.
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# The survey editor posts about fifty fields for a question with its options.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LOGGING_CONFIG = "config.reporting.configure"
LOGGING = {"level": environment.text("LOG_LEVEL", "INFO")}
DEFAULT_EXCEPTION_REPORTER = "config.reporting.QuietReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.reporting.QuietFilter"

# Heard's own.
# The views that anybody reaches, `metrics` with a token; every other demands a session with a second factor.
HEARD_PUBLIC_VIEWS = ["wagtail_serve", "journey:form", "journey:file", "kept", "leave", "alive", "metrics"]
# Who may ask for which address; every one of the views above is open to anybody there too.
HEARD_ADDRESSES = "config.addresses.TABLE"
# When a staff session ends, unused and in any case; sooner for somebody whose role opens people's words.
HEARD_IDLE_SECONDS = environment.seconds("IDLE_SECONDS", 60 * 60, least=5 * 60, most=60 * 60)
HEARD_WORDS_IDLE_SECONDS = environment.seconds("WORDS_IDLE_SECONDS", 15 * 60, least=5 * 60, most=30 * 60)
HEARD_SESSION_SECONDS = environment.seconds("SESSION_SECONDS", 12 * 60 * 60, least=60 * 60, most=SESSION_COOKIE_AGE)
HEARD_WORDS_SESSION_SECONDS = environment.seconds(
    "WORDS_SESSION_SECONDS", 8 * 60 * 60, least=60 * 60, most=SESSION_COOKIE_AGE
)
_has_pepper = "pepper" in environment.secrets_of(HEARD_PART)
HEARD_PEPPER = environment.secret_file("pepper", create=False) if _has_pepper else None
_has_factor_key = "second-factor-key" in environment.secrets_of(HEARD_PART)
HEARD_FACTOR_KEY = environment.secret_file("second-factor-key", create=False) if _has_factor_key else None
# Private keys are the worker's alone: another part has no folder to look in, whatever lies on the disk.
HEARD_KEYS_DIR = environment.file("KEYS", VAR / "keys") if HEARD_PART in {Part.ALL, Part.WORKER} else None
HEARD_OPENER_SOCKET = environment.file("OPENER_SOCKET", VAR / "opener.sock")
HEARD_DESK_SOCKET = environment.file("DESK_SOCKET", VAR / "desk.sock")
# Where the staff's process sends whoever asks it for a public page.
HEARD_PUBLIC_URL = environment.text("PUBLIC_URL")
HEARD_EXIT_TARGET = environment.text("EXIT_TARGET", "https://www.bbc.co.uk/weather")
HEARD_SWEEP_SECONDS = int(environment.text("SWEEP_SECONDS", "60"))
# What the worker puts in line at every sweep, by dotted name; each is a `@task()` over `@feedback.wordless.wordless`.
HEARD_SCHEDULE: list[str] = [
    "feedback.tasks.end_uses",
    "analysis.tasks.sweep",
    "analysis.tasks.watch_topics",
    "analysis.tasks.find_alike",
    "analysis.tasks.forget_searches",
    "analysis.tasks.learn_without_who_left",
    "surveys.tasks.clear_drafts",
    "surveys.tasks.publish_due",
    "config.tasks.tidy",
    "config.tasks.note_round",
]
# For how long a process may go on with what it knows of a consultation, its office and the places that help.
HEARD_REMEMBER_SECONDS = 5
# How many statements one person codes in a day, and the share of all texts that two people code without suggestions.
HEARD_CODING_A_DAY = int(environment.text("CODING_A_DAY", "60"))
HEARD_AUDIT_SHARE = float(environment.text("AUDIT_SHARE", "0.1"))
# The public half of the key that backups are sealed to, and for how many days a backup is kept: so long a withdrawn
# text lives on in one.
HEARD_BACKUP_KEY = environment.text("BACKUP_KEY")
HEARD_BACKUP_DAYS = int(environment.text("BACKUP_DAYS", "7"))
# What the health page calls late, in hours and days; the certificate it looks at; the token of `/metrics`, off without.
HEARD_BACKUP_HOURS = int(environment.text("BACKUP_HOURS", "26"))
HEARD_UNREAD_DAYS = int(environment.text("UNREAD_DAYS", "14"))
HEARD_CERTIFICATE = environment.text("CERTIFICATE")
HEARD_METRICS_TOKEN = environment.optional_secret("metrics-token")
# For how many days the editing log of pages and settings is kept.
HEARD_EDIT_LOG_DAYS = int(environment.text("EDIT_LOG_DAYS", "730"))
HEARD_MODELS_DIR = VAR / "models"
# How many processes read a large intake, and, if the office has one, the scheduler of a Dask cluster for reviewed
# passages with the folder of its certificates; see docs/decisions/one-function-many-machines.md.
HEARD_PROCESSES = int(environment.text("PROCESSES", str(min(2, os.cpu_count() or 1))))
HEARD_DASK = environment.text("DASK", "")
HEARD_DASK_CERTIFICATES = environment.text("DASK_CERTIFICATES", "")
HEARD_DEMO = False
