"""A backup comes back whole, and neither half of it can be read alone."""

import os
import re
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from config import sealed_files
from tools import make_backup_key

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


KEYS = sealed_files.new_pair()


def manage(var: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "HEARD_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "HEARD_DATABASE": "",
        "HEARD_BACKUP_KEY": KEYS[0],
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `var/` with one sealed contribution, and its backup beside it."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "offline.key").write_text(KEYS[1])
    for arguments in (["migrate", "-v0"], ["shell", "-c", WRITE]):
        done = manage(folder / "var", *arguments)
        assert done.returncode == 0, done.stderr
    done = manage(folder / "var", "backup", "--data", str(folder / "data"), "--keys", str(folder / "keys"))
    assert done.returncode == 0, done.stderr
    assert "It is the first" in done.stdout
    return folder


def pair(installation: Path) -> list[str]:
    return ["--data", str(installation / "data"), "--keys", str(installation / "keys")]


def offline_key(installation: Path) -> list[str]:
    return ["--key", str(installation / "offline.key")]


def opened(archive: Path, folder: Path) -> Path:
    target = folder / archive.stem
    sealed_files.open_file(archive, target, sealed_files.offline_key(archive.parents[1] / "offline.key"))
    return target


def test_a_restored_installation_opens_what_was_sealed(installation: Path, tmp_path: Path):
    fresh = tmp_path / "var"
    done = manage(fresh, "restore", *pair(installation), *offline_key(installation))
    assert done.returncode == 0, done.stderr
    assert "every count agrees" in done.stdout
    assert re.search(r"It took [\d.]+ seconds \(RTO", done.stdout)
    assert "One text of each month was opened" in done.stdout
    assert WORDS in manage(fresh, "shell", "-c", READ).stdout


def test_a_rehearsal_says_what_a_restore_would_and_leaves_nothing(installation: Path):
    before = sorted((installation / "var").iterdir())
    done = manage(installation / "var", "rehearse_restore", *pair(installation), *offline_key(installation))
    assert done.returncode == 0, done.stderr
    assert "every count agrees" in done.stdout
    assert "The rehearsal went well" in done.stdout
    assert sorted((installation / "var").iterdir()) == before


def test_the_archives_hold_nothing_readable_and_only_their_owner_can_read_them(installation: Path):
    archives = [*(installation / "data").glob("*"), *(installation / "keys").glob("*")]
    assert len(archives) == 2
    for archive in archives:
        assert stat.S_IMODE(archive.stat().st_mode) == 0o600
        content = archive.read_bytes()
        assert not [trace for trace in (WORDS.encode(), b"SQLite format 3", b"pepper", b".key") if trace in content]


def test_the_data_archive_holds_no_key_and_no_readable_word(installation: Path, tmp_path: Path):
    data = opened(next((installation / "data").glob("*")), tmp_path)
    with tarfile.open(data) as tar:
        names = tar.getnames()
    assert "heard.sqlite3" in names
    assert not [name for name in names if name.startswith(("keys", "secrets"))]
    assert WORDS.encode() not in data.read_bytes()


def test_restore_never_touches_an_installation_that_exists(installation: Path):
    done = manage(installation / "var", "restore", *pair(installation), *offline_key(installation))
    assert done.returncode != 0
    assert "already holds an installation" in done.stderr


def test_a_lost_key_is_said_loudly_and_the_rest_is_saved(installation: Path, tmp_path: Path):
    keys = installation / "var" / "keys"
    keys.rename(tmp_path / "mislaid")
    keys.mkdir()
    saved = ["--data", str(tmp_path / "data"), "--keys", str(tmp_path / "keys")]
    done = manage(installation / "var", "backup", *saved)
    keys.rmdir()
    (tmp_path / "mislaid").rename(keys)
    assert done.returncode == 2
    assert "A LOST KEY IS LOST TESTIMONY" in done.stderr
    assert len(list((tmp_path / "data").iterdir())) == 1


def test_data_and_keys_may_not_lie_together(installation: Path):
    done = manage(installation / "var", "backup", "--data", str(installation), "--keys", str(installation))
    assert done.returncode != 0
    assert "two different folders" in done.stderr


def test_a_damaged_archive_is_refused_and_nothing_is_put_in_place(installation: Path, tmp_path: Path):
    damaged = tmp_path / "data"
    damaged.mkdir()
    original = next((installation / "data").glob("*"))
    content = bytearray(original.read_bytes())
    content[len(content) // 2] ^= 0xFF
    (damaged / original.name).write_bytes(content)
    key = offline_key(installation)
    done = manage(tmp_path / "var", "restore", "--data", str(damaged), "--keys", str(installation / "keys"), *key)
    assert done.returncode != 0
    assert "is damaged" in done.stderr
    assert not (tmp_path / "var" / "keys").exists()
    assert not (tmp_path / "var" / "heard.sqlite3").exists()


def test_without_the_keys_nothing_is_restored(installation: Path, tmp_path: Path):
    done = manage(tmp_path / "var", "restore", "--data", str(installation / "data"), "--keys", str(tmp_path))
    assert done.returncode != 0
    assert "No backup in" in done.stderr


def test_a_backup_key_is_never_written_over(tmp_path: Path, capsys):
    path = tmp_path / "safe" / "heard.key"
    assert make_backup_key.main([str(path)]) == 0
    public = re.search(r"HEARD_BACKUP_KEY=(\S+)", capsys.readouterr().out)[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text()
    assert bytes(sealed_files.offline_key(path).public_key) == bytes(sealed_files.public_key(public))
    assert make_backup_key.main([str(path)]) == 1
    assert path.read_text() == written
