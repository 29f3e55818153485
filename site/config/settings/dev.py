"""What `make run` starts: one machine, loopback only, secrets made on first use; DEBUG stays off."""

import os

from config import environment

for secret in environment.secrets_of(environment.part()):
    environment.secret_file(secret, create=True)

from config.settings.base import *  # noqa: E402

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
HEARD_SWEEP_SECONDS = int(os.environ.get("HEARD_SWEEP_SECONDS", "5"))
# Passkeys on http://localhost, which browsers take for safe.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
HEARD_DEMO = True
LOGGING = {"level": environment.text("LOG_LEVEL", "WARNING")}
