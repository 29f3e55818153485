"""Tests: SQLite in memory or the server named by `HEARD_DATABASE`, tasks at once, everything in a temporary `var/`."""

import os
import tempfile

os.environ.setdefault("HEARD_VAR", tempfile.mkdtemp(prefix="heard-test-"))

from config import environment

for secret in environment.secrets_of(environment.part()):
    environment.secret_file(secret, create=True)

from config.settings.base import *  # noqa: E402

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if not environment.text("DATABASE"):
    DATABASES = {"default": environment.sqlite(VAR / "heard.sqlite3")}
    # A file, not memory: threads have connections of their own, and tests can search its bytes for words.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(VAR / "govuk").mkdir(parents=True, exist_ok=True)
(VAR / "static").mkdir(parents=True, exist_ok=True)
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
HEARD_REMEMBER_SECONDS = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
LOGGING = {"level": "WARNING"}
# The temporary `var/` starts without what is learned at set-up; the tests that need it learn it themselves.
SILENCED_SYSTEM_CHECKS = ["feedback.W001", "feedback.W002"]
