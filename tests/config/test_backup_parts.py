"""The parts of a backup on small folders: which pair is the newest, what may be unpacked, who may read it."""

import io
import json
import stat
import tarfile
from types import SimpleNamespace

import pytest

from config import archives, backups, dumps, sealed_files
from config.archives import ArchiveRefused
from config.backups import BackupRefused, Places


def packed(path, **members: bytes):
    with tarfile.open(path, "w") as tar:
        for name, words in members.items():
            info = tarfile.TarInfo(name.replace("__", "/"))
            info.size, info.mode = len(words), 0o777
            tar.addfile(info, io.BytesIO(words))
    return path


@pytest.fixture
def folders(tmp_path):
    """Folders of data and keys, and a function that makes the archives of a day in either."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir()
    keys.mkdir()

    def save(stamp, *kinds):
        for kind in kinds:
            (tmp_path / kind / f"heard-{kind}-{stamp}.tar").write_bytes(b"")

    return data, keys, save


def test_the_newest_pair_is_taken_and_a_newer_half_is_passed_over(folders):
    data, keys, save = folders
    save("20260101T000000Z", "data", "keys")
    save("20260201T000000Z", "data", "keys")
    save("20260301T000000Z", "data")
    save("20260401T000000Z", "keys")
    found = backups.newest_pair(data, keys)
    assert [path.name for path in found] == ["heard-data-20260201T000000Z.tar", "heard-keys-20260201T000000Z.tar"]


def test_without_a_pair_both_folders_are_named(folders):
    data, keys, save = folders
    save("20260101T000000Z", "data")
    save("20260102T000000Z", "keys")
    with pytest.raises(BackupRefused, match=f"No backup in {data} has its keys in {keys}"):
        backups.newest_pair(data, keys)


def test_an_archive_holds_what_exists_and_leaves_out_what_does_not(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "picture").write_bytes(b"fictional")
    path = archives.archive(tmp_path / "one.tar", {name: tmp_path / name for name in ("media", "absent")})
    with tarfile.open(path) as tar:
        assert sorted(tar.getnames()) == ["media", "media/picture"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_archive_is_never_written_over(tmp_path):
    path = archives.archive(tmp_path / "one.tar", {})
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        archives.archive(path, {"all": tmp_path})
    assert path.read_bytes() == before


def test_what_is_unpacked_only_its_owner_can_read(tmp_path):
    path = packed(tmp_path / "one.tar", keys__inner__key=b"fictional")
    archives.unpack(path, tmp_path / "var")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "var").rglob("*")}
    assert modes == {"keys": 0o700, "inner": 0o700, "key": 0o600}


@pytest.mark.parametrize("name", ["..__outside", "inner__..__..__outside"])
def test_a_member_that_would_land_elsewhere_is_refused(name, tmp_path):
    path = packed(tmp_path / "one.tar", **{name: b"fictional"})
    with pytest.raises(ArchiveRefused, match="no backup of ours"):
        archives.unpack(path, tmp_path / "var")
    assert not (tmp_path / "outside").exists()


def test_a_link_is_refused(tmp_path):
    with tarfile.open(tmp_path / "one.tar", "w") as tar:
        link = tarfile.TarInfo("keys/key")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(ArchiveRefused, match="no backup of ours"):
        archives.unpack(tmp_path / "one.tar", tmp_path / "var")


@pytest.mark.parametrize("there", ["heard.sqlite3", "keys"])
def test_an_installation_is_known_by_its_database_or_its_keys(there, folders, tmp_path):
    data, keys, _ = folders
    (tmp_path / "var" / there).mkdir(parents=True)
    with pytest.raises(BackupRefused, match="nothing was changed"):
        backups.restore(data=data, keys=keys, places=Places.under(tmp_path / "var"))


def test_a_dump_that_is_not_what_was_saved_is_refused_before_anything_is_unpacked(folders, tmp_path):
    data, keys, _ = folders
    manifest = json.dumps({"made": "x", "rows": {}, "sha256": {"heard.sqlite3": "0" * 64}}).encode()
    packed(data / "heard-data-1.tar", **{"heard.sqlite3": b"other", "manifest.json": manifest})
    packed(keys / "heard-keys-1.tar", keys__key=b"fictional")
    with pytest.raises(BackupRefused, match=r"heard-data-1\.tar is damaged"):
        backups.restore(data=data, keys=keys, places=Places.under(tmp_path / "var"))
    assert list((tmp_path / "var").iterdir()) == []


def test_a_whole_pair_comes_back_with_its_pictures_and_keys(folders, tmp_path):
    data, keys, _ = folders
    (tmp_path / "dump").write_bytes(b"fictional database")
    digest = archives.file_sha256(tmp_path / "dump")
    manifest = json.dumps({"made": "x", "rows": {"a.B": 2}, "sha256": {"heard.sqlite3": digest}}).encode()
    members = {"heard.sqlite3": b"fictional database", "manifest.json": manifest, "media__picture": b"p"}
    packed(data / "heard-data-1.tar", **members)
    packed(keys / "heard-keys-1.tar", keys__key=b"k", secrets__pepper=b"s")
    var = tmp_path / "var"
    assert backups.restore(data=data, keys=keys, places=Places.under(var))["rows"] == {"a.B": 2}
    files = sorted(str(path.relative_to(var)) for path in var.rglob("*") if path.is_file())
    assert files == ["heard.sqlite3", "keys/key", "media/picture", "secrets/pepper"]


def test_a_hash_is_that_of_the_content(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    assert archives.file_sha256(tmp_path / "empty").startswith("e3b0c44298fc1c149afbf4c8996fb924")


@pytest.fixture
def server(monkeypatch):
    """The settings of a fictional database server, which a test may change."""
    given = {"HOST": "db.invalid", "PORT": "", "USER": "heard", "NAME": "heard", "PASSWORD": "fictional-secret"}
    monkeypatch.setattr(dumps, "settings", SimpleNamespace(DATABASES={"default": given}))
    return given


def test_the_password_of_the_server_is_never_on_a_command_line(server):
    assert dumps.postgres_options() == ["--host=db.invalid", "--username=heard", "--dbname=heard"]
    assert dumps.postgres_environment()["PGPASSWORD"] == "fictional-secret"


def test_without_a_password_the_environment_stays_as_it_is(server, monkeypatch):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    server["PASSWORD"] = ""
    assert "PGPASSWORD" not in dumps.postgres_environment()


@pytest.mark.django_db
def test_the_rows_of_our_own_tables_are_counted_and_no_others():
    from tests.accounts.factories import UserFactory

    UserFactory()
    counts = dumps.row_counts()
    assert counts["accounts.User"] == 1
    assert {label.split(".")[0] for label in counts} <= {
        "accounts",
        "feedback",
        "surveys",
        "analysis",
        "pages",
        "config",
    }


@pytest.fixture
def sealed(tmp_path):
    """A file of two and a half chunks sealed to a pair of keys, and where its private half lies."""
    public, private = sealed_files.new_pair()
    (tmp_path / "content").write_bytes(bytes(range(256)) * (sealed_files.CHUNK // 100))
    (tmp_path / "key").write_text(private)
    members = {"content": tmp_path / "content"}
    path = archives.archive(tmp_path / "one.tar.sealed", members, sealed_files.public_key(public))
    return path, sealed_files.offline_key(tmp_path / "key")


def test_what_was_sealed_opens_with_the_private_half(sealed, tmp_path):
    path, key = sealed
    sealed_files.open_file(path, tmp_path / "one.tar", key)
    archives.unpack(tmp_path / "one.tar", tmp_path / "out")
    assert (tmp_path / "out" / "content").read_bytes() == (tmp_path / "content").read_bytes()


def _cut_off(content):
    return content[: -len(content) // 3]


def _cut_between_chunks(content):
    first = len(sealed_files.MAGIC) + sealed_files.WRAPPED_BYTES + sealed_files.HEADER_BYTES
    return content[: first + sealed_files.LENGTH_BYTES + sealed_files.CHUNK + sealed_files.ADDED_BYTES]


def _altered(content):
    return content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]


def _longer(content):
    return content + b"more"


def _shortest(content):
    return content[:20]


@pytest.mark.parametrize("harm", [_cut_off, _cut_between_chunks, _altered, _longer, _shortest])
def test_a_harmed_file_opens_to_nothing_at_all(harm, sealed, tmp_path):
    path, key = sealed
    (tmp_path / "harmed").write_bytes(harm(path.read_bytes()))
    with pytest.raises(sealed_files.NotOpened):
        sealed_files.open_file(tmp_path / "harmed", tmp_path / "out", key)
    assert not (tmp_path / "out").exists()


def test_another_key_opens_nothing(sealed, tmp_path):
    (tmp_path / "other").write_text(sealed_files.new_pair()[1])
    with pytest.raises(sealed_files.NotOpened, match="another key"):
        sealed_files.open_file(sealed[0], tmp_path / "out", sealed_files.offline_key(tmp_path / "other"))


@pytest.mark.parametrize(
    "line",
    ["", "00", sealed_files.new_pair()[1], sealed_files.PUBLIC_NAME + "zz"],
    ids=["nothing", "too short", "a private key", "no number"],
)
def test_what_is_no_public_key_is_refused(line):
    with pytest.raises(sealed_files.NotOpened, match="HEARD_BACKUP_KEY"):
        sealed_files.public_key(line)


def test_old_backups_go_and_the_newest_whole_one_stays(folders):
    data, keys, save = folders
    save("20260101T000000Z", "data", "keys")
    save("20260201T000000Z", "data", "keys")
    save("20260301T000000Z", "data")
    removed = backups.remove_old(data, keys, days=7)
    assert sorted(path.name for path in removed) == [
        "heard-data-20260101T000000Z.tar",
        "heard-data-20260301T000000Z.tar",
        "heard-keys-20260101T000000Z.tar",
    ]
    assert [path.name for path in data.iterdir()] == ["heard-data-20260201T000000Z.tar"]


def test_a_backup_of_this_week_stays(folders):
    from django.utils import timezone

    data, keys, save = folders
    save("20260101T000000Z", "data", "keys")
    save(f"{timezone.now():%Y%m%dT%H%M%SZ}", "data", "keys")
    assert len(backups.remove_old(data, keys, days=7)) == 2
    assert len(list(data.iterdir())) == 1


def test_a_real_installation_makes_no_backup_that_anybody_can_read(folders, settings):
    data, keys, _ = folders
    settings.HEARD_BACKUP_KEY = ""
    with pytest.raises(BackupRefused, match="HEARD_BACKUP_KEY is not set"):
        backups.back_up(data=data, keys=keys)


def test_a_process_without_keys_makes_no_backup(folders, settings):
    data, keys, _ = folders
    settings.HEARD_KEYS_DIR = None
    with pytest.raises(BackupRefused, match="holds no keys"):
        backups.back_up(data=data, keys=keys, unsealed=True)


@pytest.mark.django_db(transaction=True)
def test_keys_kept_elsewhere_and_further_secrets_are_saved_and_come_back(folders, keys, settings, tmp_path):
    data = folders[0]
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "pepper").write_text("fictional pepper")
    settings.HEARD_KEYS_DIR = tmp_path / "keys"
    elsewhere = tmp_path / "saved"
    done = backups.back_up(data=data, keys=elsewhere, also=[tmp_path / "public"], unsealed=True)
    assert done.lost_keys == ()
    with tarfile.open(done.keys) as tar:
        names = tar.getnames()
    assert f"keys/{keys.pk}.key" in names
    assert [name for name in names if name.startswith("also/") and name.endswith("/pepper")]
    assert done.rows["feedback.Period"] == 2


def test_lengths_are_said_in_two_units():
    from datetime import timedelta

    from config.durations import in_words

    assert in_words(timedelta(days=1, hours=3, minutes=5)) == "1 day 3 hours"
    assert in_words(timedelta(seconds=61)) == "1 minute 1 second"
    assert in_words(timedelta(0)) == "0 seconds"
