import datetime
import io
import stat

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from feedback import keys, vault
from feedback.models import Period

NOVEMBER = datetime.date(2026, 11, 22)


@pytest.fixture
def folder(db, settings, tmp_path):
    settings.HEARD_KEYS_DIR = tmp_path / "keys"
    return settings.HEARD_KEYS_DIR


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (datetime.date(2026, 11, 1), ["2026-11", "2026-12"]),
        (datetime.date(2026, 11, 30), ["2026-11", "2026-12"]),
        (datetime.date(2026, 12, 31), ["2026-12", "2027-01"]),
        (datetime.date(2027, 1, 31), ["2027-01", "2027-02"]),
    ],
)
def test_this_month_and_the_next_are_prepared(folder, on, names):
    assert [period.pk for period in keys.prepare_periods(on)] == names


def test_private_keys_are_readable_by_their_owner_only(folder):
    keys.prepare_periods(NOVEMBER)
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == ["2026-11.key", "2026-12.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_private_key_is_nowhere_in_the_database(folder):
    period, _ = keys.prepare_periods(NOVEMBER)
    assert bytes(period.public_key) == vault.public_key_of(keys.private_key(period))
    assert bytes(period.public_key) != keys.private_key(period)


def test_preparing_twice_changes_nothing(folder):
    first = [(period.pk, bytes(period.public_key)) for period in keys.prepare_periods(NOVEMBER)]
    second = [(period.pk, bytes(period.public_key)) for period in keys.prepare_periods(NOVEMBER)]
    assert first == second


def test_a_key_file_left_by_a_stopped_run_is_taken_up(folder):
    period, _ = keys.prepare_periods(NOVEMBER)
    Period.objects.all().delete()
    again, _ = keys.prepare_periods(NOVEMBER)
    assert bytes(again.public_key) == bytes(period.public_key)


def test_the_current_period_is_the_one_of_the_day(folder):
    keys.prepare_periods(NOVEMBER)
    assert keys.current_period(NOVEMBER).pk == "2026-11"
    assert keys.current_period(datetime.date(2026, 12, 1)).pk == "2026-12"


def test_without_a_prepared_month_the_error_says_what_to_do(folder):
    keys.prepare_periods(NOVEMBER)
    with pytest.raises(keys.NoOpenPeriod, match=r"no key for 2027-01\. Start the worker"):
        keys.current_period(datetime.date(2027, 1, 1))


def test_sealing_needs_no_file_at_all(folder):
    keys.prepare_periods()
    for path in folder.iterdir():
        path.unlink()
    assert keys.current_period().pk == keys.period_id(timezone.localdate())


def test_a_lost_private_key_is_never_replaced_by_a_new_one(folder):
    keys.prepare_periods(NOVEMBER)
    (folder / "2026-11.key").unlink()
    with pytest.raises(keys.KeyMissing, match="key backup"):
        keys.prepare_periods(NOVEMBER)
    assert not (folder / "2026-11.key").exists()


def test_a_key_of_another_installation_is_refused(folder):
    keys.prepare_periods(NOVEMBER)
    (folder / "2026-11.key").write_text(vault.new_private_key().hex())
    with pytest.raises(keys.KeyMismatch):
        keys.prepare_periods(NOVEMBER)


def test_a_past_period_is_destroyed_for_good(folder):
    period, _ = keys.prepare_periods(NOVEMBER)
    keys.destroy(period, on=datetime.date(2027, 2, 1))
    period.refresh_from_db()
    assert not (folder / "2026-11.key").exists()
    assert period.key_destroyed_on == datetime.date(2027, 2, 1)
    with pytest.raises(keys.KeyDestroyed):
        keys.private_key(period)


def test_destroying_again_finishes_a_stopped_destruction(folder):
    period, _ = keys.prepare_periods(NOVEMBER)
    (folder / "2026-11.key").unlink()
    keys.destroy(period, on=datetime.date(2027, 2, 1))
    assert period.key_destroyed_on is not None


@pytest.mark.parametrize(("on", "is_over"), [((2026, 11, 30), False), ((2026, 12, 1), True)], ids=["last day", "after"])
def test_a_key_still_in_use_cannot_be_destroyed(folder, on, is_over):
    period, _ = keys.prepare_periods(NOVEMBER)
    if is_over:
        keys.destroy(period, on=datetime.date(*on))
    else:
        with pytest.raises(keys.KeyStillInUse):
            keys.destroy(period, on=datetime.date(*on))
    assert (folder / "2026-11.key").exists() is not is_over


def test_a_destroyed_key_seals_nothing_more(folder):
    period, _ = keys.prepare_periods(NOVEMBER)
    keys.destroy(period, on=datetime.date(2027, 2, 1))
    with pytest.raises(keys.NoOpenPeriod):
        keys.current_period(NOVEMBER)


def test_make_keys_says_which_months_are_ready(folder):
    out = io.StringIO()
    call_command("make_keys", stdout=out)
    this, following = (period.pk for period in keys.prepare_periods())
    assert out.getvalue() == f"Keys are ready for {this} and {following}.\n"


def test_make_keys_explains_a_lost_key(folder):
    this, _ = keys.prepare_periods()
    (folder / f"{this.pk}.key").unlink()
    with pytest.raises(CommandError, match="Put it back from the key backup"):
        call_command("make_keys")
