"""The locks hold what is needed, pinned and hashed, and each way of breaking that is noticed."""

import shutil

import pytest
from packaging.requirements import Requirement

from tools import check_locks, locks

HASH = f"--hash=sha256:{'a1' * 32}"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The project's sources and locks, to be broken."""
    folder = shutil.copytree(locks.LOCKS, tmp_path / "requirements")
    monkeypatch.setattr(check_locks, "LOCKS", folder)
    return folder


def without(path, line):
    text = path.read_text()
    assert line in text
    path.write_text(text.replace(line, ""))


def test_the_locks_of_the_project_are_in_order(capsys):
    assert check_locks.main() == 0
    assert "pinned and hashed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"fictional==1.0 {HASH}", ""),
        (f"fictional==1.0 ; python_full_version < '3.12' {HASH} {HASH}", ""),
        ("fictional==1.0", "without a SHA-256"),
        ("fictional==1.0 --hash=md5:abc", "without a SHA-256"),
        (f"fictional==1.0 {HASH} --hash=sha256:abc", "without a SHA-256"),
        (f"fictional>=1.0 {HASH}", "not pinned to one version"),
        (f"fictional==1.* {HASH}", "not pinned to one version"),
        (f"fictional {HASH}", "not pinned to one version"),
        (f"fictional @ https://files.invalid/fictional.whl {HASH}", "an address or an option"),
        ("--index-url somewhere", "an address or an option"),
        ("!", "not a requirement"),
    ],
)
def test_a_line_that_would_install_something_else_another_day_is_told(line, why):
    assert locks.fault(line) == why


def test_every_fault_of_a_lock_is_named_and_nothing_else_is_looked_at(own, capsys):
    (own / "redis.lock").write_text(f"one==1.0\ntwo>=2 {HASH}\n")
    assert check_locks.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "redis.lock: one==1.0: without a SHA-256",
        "redis.lock: two>=2: not pinned to one version",
    ]


def test_a_pin_is_read_whole(tmp_path):
    path = tmp_path / "one.lock"
    path.write_text(f"Fictional_Name==1.0 ; sys_platform == 'nowhere' \\\n    {HASH} \\\n    {HASH}\n")
    (pin,) = locks.read(path)
    assert (pin.name, pin.version, len(pin.hashes), pin.is_for_here) == ("fictional-name", "1.0", 2, False)


def test_a_package_that_nobody_asks_for_any_more_is_told(own):
    without(own / "run.in", "weasyprint>=70,<71\n")
    found = "\n".join(check_locks.unneeded())
    assert "run.lock: weasyprint: nobody needs it" in found
    assert "run.lock: pydyf: nobody needs it" in found
    assert "django:" not in found


def test_a_package_that_nobody_imports_is_told(own):
    with (own / "run.in").open("a") as file:
        file.write("httpx2  # for nothing\n")
    assert check_locks.unused() == ["run.in: httpx2: nobody imports it"]


def test_a_package_that_only_something_else_brings_is_told(own):
    without(own / "run.in", "cryptography\n")
    assert check_locks.unnamed() == [
        "site/config/health.py: imports cryptography, which no requirements/*.in names",
    ]


def test_what_an_extra_needs_is_needed():
    assert "fido2" in locks.reachable([Requirement("django-allauth[mfa]")])
    assert "fido2" not in locks.reachable([Requirement("django-allauth")])


@pytest.mark.parametrize("about", [{"version": "1"}, {"integrity": "sha512-x", "resolved": "https://files.invalid/x"}])
def test_an_npm_package_without_a_hash_or_with_an_address_is_told(about, monkeypatch):
    assert check_locks.unhashed_node() == []
    monkeypatch.setattr(check_locks, "node_packages", lambda: {"fictional": about})
    assert len(check_locks.unhashed_node()) == 1
