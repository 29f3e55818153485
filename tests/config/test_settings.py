"""The settings of each place of use, each loaded in a process of its own so that none colours another."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import environment

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import importlib, json, sys
module = importlib.import_module("config.settings." + sys.argv[1])
print(json.dumps({name: getattr(module, name) for name in dir(module) if name.isupper()}, default=str))
"""


def load(name: str, var: Path, **given: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("HEARD_", "DJANGO_"))}
    own = {"PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", "HEARD_VAR": str(var), **given}
    command = [sys.executable, "-c", SHOW, name]
    return subprocess.run(command, env={**clean, **own}, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    """A folder with the secrets of a real installation."""
    folder = tmp_path_factory.mktemp("var")
    for name in ("django-secret-key", "pepper", "second-factor-key"):
        environment.write_private(folder / "secrets" / name, b"fictional " + name.encode())
    return folder


@pytest.fixture(scope="module")
def production(var):
    done = load("production", var, HEARD_HOSTS="heard.example, www.heard.example")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh") / "var"
    done = load("dev", folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_refuses_to_start_without_hosts_and_says_how(var):
    done = load("production", var)
    assert done.returncode != 0
    assert "Set HEARD_HOSTS" in done.stderr


def test_production_refuses_to_start_without_secrets_and_says_how(tmp_path):
    done = load("production", tmp_path, HEARD_HOSTS="heard.example")
    assert done.returncode != 0
    assert "tools.make_secrets" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_production_answers_to_its_own_hosts_only(production):
    assert production["ALLOWED_HOSTS"] == ["heard.example", "www.heard.example"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", False),
        ("HEARD_DEMO", False),
        ("SECURE_SSL_REDIRECT", True),
        ("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", True),
        ("SESSION_COOKIE_SECURE", True),
        ("SESSION_COOKIE_SAMESITE", "Strict"),
        ("SESSION_EXPIRE_AT_BROWSER_CLOSE", True),
        ("CSRF_COOKIE_SECURE", True),
        ("CSRF_COOKIE_HTTPONLY", True),
        ("SECURE_REFERRER_POLICY", "same-origin"),
        ("WAGTAIL_GRAVATAR_PROVIDER_URL", None),
        ("WAGTAIL_ENABLE_UPDATE_CHECK", False),
        ("WAGTAIL_PASSWORD_RESET_ENABLED", False),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"),
        ("TIME_ZONE", "Europe/London"),
        ("AUTHENTICATION_BACKENDS", ["accounts.backends.StaffBackend"]),
        ("DEFAULT_EXCEPTION_REPORTER", "config.reporting.QuietReporter"),
        ("DEFAULT_EXCEPTION_REPORTER_FILTER", "config.reporting.QuietFilter"),
    ],
)
def test_production_relaxes_nothing(name, value, production):
    assert production[name] == value


LIMITS = ("WORDS_IDLE_SECONDS", "WORDS_SESSION_SECONDS", "IDLE_SECONDS", "SESSION_SECONDS")


def test_sessions_end_as_the_guide_for_administrators_says(production):
    guide = (ROOT / "docs" / "accounts.md").read_text(encoding="utf-8")
    for name in LIMITS:
        assert f"| `HEARD_{name}` | {production[f'HEARD_{name}']} (" in guide
    assert max(production[f"HEARD_{name}"] for name in LIMITS) <= production["SESSION_COOKIE_AGE"]


@pytest.mark.parametrize("name", LIMITS)
def test_production_does_not_start_with_a_session_beyond_its_bounds(name, var):
    done = load("production", var, HEARD_HOSTS="heard.example", **{f"HEARD_{name}": "86400"})
    assert done.returncode != 0
    assert f"HEARD_{name} must be a whole number of seconds" in done.stderr


def test_production_takes_its_secrets_from_files(production):
    assert production["SECRET_KEY"] == "fictional django-secret-key"
    assert production["HEARD_PEPPER"] == "fictional pepper"


def test_everything_an_installation_makes_lies_in_its_own_folder(production, var):
    for name in ("STATIC_ROOT", "MEDIA_ROOT", "HEARD_KEYS_DIR", "HEARD_OPENER_SOCKET", "HEARD_MODELS_DIR"):
        assert Path(production[name]).parent == var, name
    assert Path(production["DATABASES"]["default"]["NAME"]) == var / "heard.sqlite3"


def test_the_machine_at_hand_makes_its_secrets_and_answers_on_loopback_only(dev):
    assert len(dev["SECRET_KEY"]) >= 48
    assert dev["SECRET_KEY"] != dev["HEARD_PEPPER"]
    assert set(dev["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}


def test_the_machine_at_hand_runs_the_demonstration_and_still_shows_no_debugging(dev):
    assert dev["HEARD_DEMO"] is True
    assert dev["DEBUG"] is False


def test_only_what_needs_https_is_relaxed_on_the_machine_at_hand(dev, production):
    may_differ = {
        "ALLOWED_HOSTS",
        "CSRF_COOKIE_SECURE",
        "HEARD_DEMO",
        "HEARD_SWEEP_SECONDS",
        "LOGGING",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
        "SECURE_HSTS_SECONDS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
    }
    of_the_folder = {name for name in production if str(production["VAR"]) in json.dumps(production[name])}
    secret = {"SECRET_KEY", "HEARD_PEPPER", "HEARD_FACTOR_KEY"}
    differing = {name for name in production if production[name] != dev[name]}
    assert differing - of_the_folder - secret == may_differ


def test_headers_come_before_anything_that_could_answer():
    order = settings.MIDDLEWARE
    assert order[0] == "django.middleware.security.SecurityMiddleware"
    sessions = order.index("django.contrib.sessions.middleware.SessionMiddleware")
    assert order.index("config.middleware.quiet_headers") < sessions
    assert sessions < order.index("django.contrib.auth.middleware.AuthenticationMiddleware")
    assert "django.middleware.csrf.CsrfViewMiddleware" in order


@pytest.mark.parametrize("name", settings.HEARD_SCHEDULE)
def test_whatever_is_scheduled_exists_as_a_task(name):
    from django.utils.module_loading import import_string

    try:
        task = import_string(name)
    except (ImportError, ImproperlyConfigured) as error:
        pytest.fail(f"{name}: {error}")
    assert hasattr(task, "enqueue")


@pytest.mark.parametrize(
    ("given", "read"),
    [("", []), ("one", ["one"]), (" one , two ", ["one", "two"]), (",,one,", ["one"])],
)
def test_names_are_read_without_spaces_and_empty_parts(given, read, monkeypatch):
    monkeypatch.setenv("HEARD_HOSTS", given)
    assert environment.names("HOSTS") == read


def test_an_absent_variable_takes_its_default(monkeypatch):
    monkeypatch.delenv("HEARD_FICTIONAL", raising=False)
    assert environment.text("FICTIONAL", "so") == "so"
    assert environment.names("FICTIONAL", "a,b") == ["a", "b"]
    monkeypatch.setenv("HEARD_FICTIONAL", "other")
    assert environment.text("FICTIONAL", "so") == "other"


def test_a_private_file_is_never_written_over(tmp_path):
    environment.write_private(tmp_path / "new" / "secret", b"first")
    environment.write_private(tmp_path / "new" / "secret", b"second")
    assert (tmp_path / "new" / "secret").read_bytes() == b"first"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
