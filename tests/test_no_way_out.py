"""Nothing is called outside by default, and no test could: see "Calls to the outside" in docs/operator.md."""

import ast
import asyncio
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from config import middleware
from tests import outbound
from tools.check_locks import imported

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted(
    path for folder in ("site", "feedback", "surveys", "analysis") for path in (ROOT / folder).rglob("*.py")
)
# For documentation (RFC 5737, RFC 3849): nobody's.
AWAY, AWAY_6 = "192.0.2.1", "2001:db8::1"
CALLERS = {"ftplib", "http.client", "httpx", "huggingface_hub", "requests", "smtplib", "urllib.request", "urllib3"}


def connect(way, address, family=socket.AF_INET):
    with socket.socket(family, socket.SOCK_STREAM) as one:
        getattr(one, way)(address)


def send(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", address)


WAYS_OUT = {
    "connect": lambda: connect("connect", (AWAY, 443)),
    "connect_ex": lambda: connect("connect_ex", (AWAY, 443)),
    "connect by name": lambda: connect("connect", ("heard.invalid", 443)),
    "connect over IPv6": lambda: connect("connect", (AWAY_6, 443), socket.AF_INET6),
    "a datagram": lambda: send((AWAY, 53)),
    "create_connection": lambda: socket.create_connection((AWAY, 443), timeout=1),
    "getaddrinfo": lambda: socket.getaddrinfo("heard.invalid", 443),
    "gethostbyname": lambda: socket.gethostbyname("heard.invalid"),
    "gethostbyaddr": lambda: socket.gethostbyaddr(AWAY),
    "urllib": lambda: urllib.request.urlopen("http://heard.invalid/", timeout=1),
    "asyncio": lambda: asyncio.run(asyncio.open_connection(AWAY, 443)),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_test_that_tries_to_get_out_is_stopped_and_remembered(way):
    with pytest.raises(outbound.WayOut):
        WAYS_OUT[way]()
    assert len(outbound.tried) == 1
    outbound.tried.clear()


def test_an_attempt_whose_refusal_is_swallowed_fails_the_test_all_the_same(tmp_path):
    (tmp_path / "test_one.py").write_text(
        "import socket\n"
        "from tests.conftest import no_outbound_network\n"
        "def test_one():\n"
        "    try:\n"
        f"        socket.create_connection(('{AWAY}', 443), timeout=1)\n"
        "    except Exception:\n"
        "        pass\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, str(tmp_path / "test_one.py")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout
    assert "1 passed, 1 error" in done.stdout
    assert f"of {AWAY}" in done.stdout


def test_this_machine_may_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
        assert one.getpeername() == server.getsockname()
    assert socket.getaddrinfo("localhost", 80)
    assert outbound.tried == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAGTAIL_GRAVATAR_PROVIDER_URL", None),
        ("WAGTAIL_ENABLE_UPDATE_CHECK", False),
        ("WAGTAIL_ENABLE_WHATS_NEW_BANNER", False),
        ("HEARD_REDIS", ""),
        ("HEARD_DASK", ""),
        ("ADMINS", []),
        ("MANAGERS", []),
    ],
)
def test_what_would_call_outside_is_off_by_default(name, value):
    assert getattr(settings, name) == value


def test_no_app_is_installed_that_fetches_what_editors_paste_or_tells_a_cache():
    assert not {"wagtail.embeds", "wagtail.contrib.frontend_cache", "allauth.socialaccount", "allauth.idp"} & {
        app.name for app in apps.get_app_configs()
    }


def test_the_code_of_an_installation_calls_nobody_itself():
    found = []
    for path in SHIPPED:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {name for one in imported(node) for name in (one, one.partition(".")[0])}
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names & CALLERS]
            if isinstance(node, ast.Attribute) and node.attr in {"from_pretrained", "create_connection", "AF_INET"}:
                found.append(f"{path.relative_to(ROOT)}: {node.attr}")
    assert found == []


def test_no_package_is_pinned_that_fetches_the_list_of_public_suffixes_or_reports_to_its_makers():
    pinned = (ROOT / "requirements" / "run.lock").read_text()
    assert re.findall(r"(?m)^(?:tldextract|publicsuffix\w*|sentry-sdk|posthog|opentelemetry\S*)==", pinned) == []


def test_a_browser_is_told_to_ask_nobody_but_the_site():
    for policy in (middleware.PUBLIC_POLICY, middleware.STAFF_POLICY, middleware.PREVIEW_POLICY):
        sources = {word for part in policy.split(";") for word in part.split()[1:]}
        assert sources <= {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
        assert policy.startswith("default-src ")


def test_the_guide_for_operators_lists_every_call_there_could_be():
    guide = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    listed = guide.partition("## Calls to the outside")[2].partition("\n## ")[0]
    for name in ("Gravatar", "Wagtail", "suffix", "ONNX", "mail", "HEARD_REDIS", "HEARD_DASK", "HEARD_DATABASE", "npm"):
        assert name in listed
