"""The locks: compiled in order, with hashes, and never naming a package index."""

import subprocess

import pytest

from tools import install, lock

REQUIREMENTS = install.ROOT / "requirements"


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """The commands asked for; each writes a lock with these words."""
    asked, words = [], {}

    def run(command, *, cwd, check):
        assert cwd == tmp_path
        assert check
        asked.append(command)
        name = command[-1]
        (tmp_path / name).write_text(words.get(name, "fictional==1.0\n"))

    monkeypatch.setattr(lock, "LOCKS", tmp_path)
    monkeypatch.setattr(lock.subprocess, "run", run)
    return asked, words


def test_every_lock_is_compiled_with_hashes_in_the_planned_order(compiled):
    asked, _ = compiled
    assert lock.main() == 0
    assert [command[-1] for command in asked] == [name for _, name, _ in lock.PLAN]
    assert all("--generate-hashes" in command and "--no-emit-index-url" in command for command in asked)


def test_what_follows_the_running_lock_is_held_to_it():
    names = [name for _, name, _ in lock.PLAN]
    for position, (_, _, options) in enumerate(lock.PLAN):
        if "--constraint" in options:
            assert position > names.index(options[options.index("--constraint") + 1])


def test_an_address_in_a_lock_stops_everything_and_is_said(compiled, capsys):
    asked, words = compiled
    words["encoder.lock"] = "fictional @ https://index.invalid/fictional.whl\n"
    assert lock.main() == 1
    assert asked[-1][-1] == "encoder.lock"
    assert "requirements/encoder.lock names an address" in capsys.readouterr().out


def test_a_lock_that_cannot_be_resolved_stops_the_rest(monkeypatch):
    asked = []

    def run(command, **options):
        asked.append(command)
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(lock.subprocess, "run", run)
    with pytest.raises(subprocess.CalledProcessError):
        lock.main()
    assert len(asked) == 1


@pytest.mark.parametrize("source", sorted({source for source, _, _ in lock.PLAN}))
def test_each_source_of_the_plan_exists(source):
    assert (REQUIREMENTS / source).is_file()
