"""Secrets are private files, and a wrong database address is answered with a sentence."""

import stat
from pathlib import Path

import pytest

from config import environment


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEARD_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(var: Path):
    first = environment.secret_file("pepper", create=True)
    assert environment.secret_file("pepper", create=True) == first
    assert len(first) >= 48
    assert stat.S_IMODE((var / "secrets" / "pepper").stat().st_mode) == 0o600


def test_a_missing_secret_is_not_made_up_in_production(var: Path):
    with pytest.raises(environment.SettingMissing, match="No secret at"):
        environment.secret_file("pepper", create=False)


def test_a_postgresql_address_becomes_settings(tmp_path: Path):
    given = environment.database("postgres://me:p%40ss@127.0.0.1:5433/heard", tmp_path)
    assert (given["USER"], given["PASSWORD"], given["HOST"], given["PORT"], given["NAME"]) == (
        "me",
        "p@ss",
        "127.0.0.1",
        "5433",
        "heard",
    )


def test_no_address_means_sqlite_that_overwrites_what_it_deletes(tmp_path: Path):
    given = environment.database("", tmp_path)
    assert given["NAME"] == str(tmp_path / "heard.sqlite3")
    assert "secure_delete=ON" in given["OPTIONS"]["init_command"]


def test_another_kind_of_database_is_refused_with_what_to_do(tmp_path: Path):
    with pytest.raises(environment.SettingMissing, match="postgres://"):
        environment.database("mysql://x/y", tmp_path)


@pytest.mark.parametrize("given", ["299", "1801", "0", "-600", "600.5", "ten", "", "٦٠٠"])
def test_a_time_beyond_its_bounds_is_refused_with_the_bounds(given, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEARD_FICTIONAL", given)
    with pytest.raises(environment.SettingMissing, match=r"HEARD_FICTIONAL must be .* from 300 to 1800"):
        environment.seconds("FICTIONAL", 900, least=300, most=1800)


@pytest.mark.parametrize(("given", "read"), [("300", 300), ("1800", 1800), (None, 900)])
def test_a_time_within_its_bounds_is_read(given, read, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("HEARD_FICTIONAL", raising=False)
    if given:
        monkeypatch.setenv("HEARD_FICTIONAL", given)
    assert environment.seconds("FICTIONAL", 900, least=300, most=1800) == read
