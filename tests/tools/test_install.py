"""The installer: what it asks pip and uv for, what it never does twice, and what it says when it cannot."""

import hashlib
import subprocess
import sys

import pytest

from tools import install

LOCK = b"fictional==1.0 --hash=sha256:00\n"


@pytest.fixture
def locks(tmp_path, monkeypatch):
    folder = tmp_path / "requirements"
    folder.mkdir()
    for name in ("run", "nodeps", "installer"):
        (folder / f"{name}.lock").write_bytes(LOCK + name.encode())
    monkeypatch.setattr(install, "LOCKS", folder)
    return folder


@pytest.fixture
def environment(tmp_path):
    """A folder that looks like a virtual environment."""
    folder = tmp_path / "environment"
    python = install.python_of(folder)
    python.parent.mkdir(parents=True)
    python.write_text("")
    return folder


class Commands:
    """Stands in for `subprocess.run`: keeps what was asked, and fails whatever holds one of these words."""

    def __init__(self, *failing: str, says: str = ""):
        self.asked, self.failing, self.says = [], failing, says

    def __call__(self, command, *, check, **options):
        self.asked.append(command)
        code = int(any(word in command for word in self.failing))
        if code and check:
            raise subprocess.CalledProcessError(code, command)
        return subprocess.CompletedProcess(command, code, self.says, "")


def use(monkeypatch, *failing: str, **options) -> Commands:
    commands = Commands(*failing, **options)
    monkeypatch.setattr(install.subprocess, "run", commands)
    return commands


def test_every_hash_is_checked_whichever_installer_does_the_work(locks, environment, monkeypatch):
    monkeypatch.setattr(install, "install_fast", lambda pip, folder, options: False)
    commands = use(monkeypatch)
    install.install(["pip"], environment, "run")
    assert commands.asked == [["pip", "install", *install.QUIET, "--require-hashes", "-r", str(locks / "run.lock")]]


def test_pip_is_not_needed_where_uv_has_done_it(locks, environment, monkeypatch):
    asked = []
    monkeypatch.setattr(install, "install_fast", lambda pip, folder, options: not asked.append(options))
    commands = use(monkeypatch)
    install.install(["pip"], environment, "run")
    assert asked == [["--require-hashes", "-r", str(locks / "run.lock")]]
    assert commands.asked == []


@pytest.mark.parametrize(("name", "is_alone"), [("run", False), ("nodeps", True)])
def test_only_the_lock_that_leaves_torch_out_goes_without_dependencies(name, is_alone, locks, environment, monkeypatch):
    monkeypatch.setattr(install, "install_fast", lambda pip, folder, options: False)
    commands = use(monkeypatch)
    install.install(["pip"], environment, name)
    assert ("--no-deps" in commands.asked[0]) is is_alone


def test_a_lock_is_installed_once_and_again_when_it_changes(locks, environment, monkeypatch, capsys):
    monkeypatch.setattr(install, "install_fast", lambda pip, folder, options: False)
    commands = use(monkeypatch)
    for _ in range(2):
        install.install(["pip"], environment, "run")
    assert len(commands.asked) == 1
    assert capsys.readouterr().out.count("Installing requirements/run.lock") == 1
    (locks / "run.lock").write_bytes(LOCK * 2)
    install.install(["pip"], environment, "run")
    assert len(commands.asked) == 2
    assert (environment / "installed" / "run").read_text() == hashlib.sha256(LOCK * 2).hexdigest()


def test_what_failed_to_install_is_tried_again_next_time(locks, environment, monkeypatch):
    monkeypatch.setattr(install, "install_fast", lambda pip, folder, options: False)
    use(monkeypatch, "install")
    with pytest.raises(subprocess.CalledProcessError):
        install.install(["pip"], environment, "run")
    assert not (environment / "installed" / "run").exists()


def test_uv_installs_from_the_index_that_pip_uses(locks, environment, monkeypatch):
    commands = use(monkeypatch, says="https://index.invalid/simple\n")
    assert install.install_fast(["pip"], environment, ["-r", "x"])
    last = commands.asked[-1]
    assert last[last.index("--default-index") + 1] == "https://index.invalid/simple"
    assert last[-2:] == ["-r", "x"]
    assert last[last.index("--python") + 1] == str(install.python_of(environment))


def test_uv_takes_its_own_index_where_pip_names_none(locks, environment, monkeypatch):
    commands = use(monkeypatch, "config")
    assert install.install_fast(["pip"], environment, [])
    assert "--default-index" not in commands.asked[-1]


def test_uv_itself_comes_from_a_lock_with_hashes(locks, environment, monkeypatch):
    commands = use(monkeypatch, "--version")
    assert install.install_fast(["pip"], environment, [])
    assert commands.asked[1] == [
        "pip",
        "install",
        *install.QUIET,
        "--require-hashes",
        "-r",
        str(locks / "installer.lock"),
    ]


def test_where_uv_cannot_be_had_nothing_else_is_tried_with_it(locks, environment, monkeypatch):
    commands = use(monkeypatch, "--version", "--require-hashes")
    assert not install.install_fast(["pip"], environment, [])
    assert len(commands.asked) == 2


def test_a_failure_of_uv_is_left_to_pip(locks, environment, monkeypatch):
    use(monkeypatch, "--default-index", says="https://index.invalid/simple")
    assert not install.install_fast(["pip"], environment, [])


def test_an_environment_that_exists_is_never_made_anew(environment, monkeypatch):
    use(monkeypatch)
    monkeypatch.setattr(install.venv, "create", lambda *args, **options: pytest.fail("made anew"))
    assert install.make_environment(environment) == [str(install.python_of(environment)), "-m", "pip"]


@pytest.mark.parametrize(("code", "answer"), [("0", True), ("3", False)])
def test_a_command_works_if_it_ends_well(code, answer):
    assert install.works([sys.executable, "-c", f"raise SystemExit({code})"]) is answer


def test_locks_are_installed_in_the_order_given(tmp_path, monkeypatch):
    done = []
    monkeypatch.setenv("HEARD_VENV", str(tmp_path / "chosen"))
    monkeypatch.setattr(install, "make_environment", lambda folder: ["pip"])
    monkeypatch.setattr(install, "install", lambda pip, folder, name: done.append((folder.name, name)))
    assert install.main(["run", "dev"]) == 0
    assert done == [("chosen", "run"), ("chosen", "dev")]


def test_after_a_failure_the_rest_is_left_and_the_status_says_so(tmp_path, monkeypatch, capsys):
    done = []

    def fails(pip, folder, name):
        done.append(name)
        raise subprocess.CalledProcessError(2, ["pip", "install", name])

    monkeypatch.setenv("HEARD_VENV", str(tmp_path))
    monkeypatch.setattr(install, "make_environment", lambda folder: ["pip"])
    monkeypatch.setattr(install, "install", fails)
    assert install.main(["run", "dev"]) == 1
    assert done == ["run"]
    assert "exit status 2" in capsys.readouterr().out


def test_without_any_pip_the_status_is_one_and_the_advice_is_printed(tmp_path, monkeypatch, capsys):
    def fails(folder):
        raise install.InstallFailed(install.NO_PIP)

    monkeypatch.setattr(install, "make_environment", fails)
    assert install.main(["run"]) == 1
    assert "python3-venv" in capsys.readouterr().out


def test_an_older_python_is_refused_before_anything_is_made(monkeypatch, capsys):
    monkeypatch.setattr(install.sys, "version_info", (3, 10, 12))
    monkeypatch.setattr(install, "make_environment", lambda folder: pytest.fail("made"))
    assert install.main(["run"]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().out
