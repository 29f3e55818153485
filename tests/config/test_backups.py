"""A backup comes back whole, and neither half of it can be read alone."""

import os
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = "the marmalade ferry left without us"
WRITE = f"""
from datetime import date
from accounts.models import User
from feedback.intake import FreeText, Submission, receive
from feedback.keys import prepare_periods
from feedback.models import Channel, Consultation, Organisation, Use, Voice
prepare_periods()
office = Organisation.objects.create(name="Fictional office", contact="-", reading_hours="-", from_date=date(2026, 1, 1))
asked = Consultation.objects.create(
    organisation=office, title="Fictional", purpose="-", use_of_answers="-",
    opens_on=date(2026, 1, 1), closes_on=date(2030, 1, 1), duty_holder=User.objects.create_user("duty"),
)
receive(Submission(
    consultation=asked, channel=Channel.ONLINE, voice=Voice.FIRST_HAND, language="en", people=1,
    consents=frozenset({{Use.STATISTICS}}), texts=[FreeText("VE-21", {WORDS!r})],
))
"""
READ = """
from feedback.models import Use, SealedText
from feedback import release
print([item.text for item in release.unreviewed(SealedText.objects.all(), use=Use.STATISTICS)])
"""


def manage(var: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "HEARD_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "HEARD_DATABASE": "",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `var/` with one sealed contribution, and its backup beside it."""
    folder = tmp_path_factory.mktemp("installation")
    for arguments in (["migrate", "-v0"], ["shell", "-c", WRITE]):
        done = manage(folder / "var", *arguments)
        assert done.returncode == 0, done.stderr
    done = manage(folder / "var", "backup", "--data", str(folder / "data"), "--keys", str(folder / "keys"))
    assert done.returncode == 0, done.stderr
    return folder


def test_a_restored_installation_opens_what_was_sealed(installation: Path, tmp_path: Path):
    fresh = tmp_path / "var"
    done = manage(fresh, "restore", "--data", str(installation / "data"), "--keys", str(installation / "keys"))
    assert done.returncode == 0, done.stderr
    assert "Restored" in done.stdout
    assert WORDS in manage(fresh, "shell", "-c", READ).stdout


def test_the_archives_hold_no_readable_word_and_only_their_owner_can_read_them(installation: Path):
    archives = [*(installation / "data").glob("*.tar"), *(installation / "keys").glob("*.tar")]
    assert len(archives) == 2
    for archive in archives:
        assert stat.S_IMODE(archive.stat().st_mode) == 0o600
        assert WORDS.encode() not in archive.read_bytes()


def test_the_data_archive_holds_no_key(installation: Path):
    with tarfile.open(next((installation / "data").glob("*.tar"))) as tar:
        assert not [name for name in tar.getnames() if name.startswith(("keys", "secrets"))]


def test_restore_never_touches_an_installation_that_exists(installation: Path):
    done = manage(
        installation / "var", "restore", "--data", str(installation / "data"), "--keys", str(installation / "keys")
    )
    assert done.returncode != 0
    assert "already holds an installation" in done.stderr


def test_data_and_keys_may_not_lie_together(installation: Path):
    done = manage(installation / "var", "backup", "--data", str(installation), "--keys", str(installation))
    assert done.returncode != 0
    assert "two different folders" in done.stderr


def test_a_damaged_archive_is_refused_and_the_keys_stay_out(installation: Path, tmp_path: Path):
    damaged = tmp_path / "data"
    damaged.mkdir()
    original = next((installation / "data").glob("*.tar"))
    content = bytearray(original.read_bytes())
    spot = content.find(b"SQLite format 3") + 5000
    content[spot] ^= 0xFF
    (damaged / original.name).write_bytes(content)
    done = manage(tmp_path / "var", "restore", "--data", str(damaged), "--keys", str(installation / "keys"))
    assert done.returncode != 0
    assert "is damaged" in done.stderr
    assert not (tmp_path / "var" / "keys").exists()


def test_without_the_keys_nothing_is_restored(installation: Path, tmp_path: Path):
    done = manage(tmp_path / "var", "restore", "--data", str(installation / "data"), "--keys", str(tmp_path))
    assert done.returncode != 0
    assert "No backup in" in done.stderr
