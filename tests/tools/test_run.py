"""Starting: a taken or impossible port is answered with what to do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import install, run

ROOT = Path(__file__).resolve().parents[2]


def test_a_taken_port_is_named_and_another_suggested():
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(run.StartFailed, match=f"Port {port} is taken.*PORT={port + 1}"):
            run.free_port(str(port))


@pytest.mark.parametrize("wanted", ["", "eighty", "0", "70000", "-1"])
def test_what_is_not_a_port_is_refused(wanted: str):
    with pytest.raises(run.StartFailed, match="not a port number"):
        run.free_port(wanted)


def test_the_fingerprint_follows_the_database(monkeypatch: pytest.MonkeyPatch):
    before = run.fingerprint()
    assert run.fingerprint() == before
    monkeypatch.setenv("HEARD_DATABASE", "postgres:///other")
    assert run.fingerprint() != before


def test_the_fingerprint_does_not_follow_what_python_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    compiled = tmp_path / "site" / "config" / "demo" / "__pycache__" / "loading.pyc"
    before = run.fingerprint()
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(b"compiled")
    assert run.fingerprint() == before
    (tmp_path / "site" / "config" / "demo" / "content.yaml").write_text("fictional: true")
    assert run.fingerprint() != before


def test_a_python_without_pip_anywhere_is_told_which_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(install, "works", lambda command: False)
    monkeypatch.setattr(install.venv, "create", lambda *args, **kwargs: None)
    with pytest.raises(install.InstallFailed, match="python3-venv"):
        install.make_environment(tmp_path / "env")


def test_without_ensurepip_the_pip_outside_installs_into_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    pip = install.make_environment(tmp_path / "env")
    assert pip[:4] == [sys.executable, "-m", "pip", "--python"]
    listed = subprocess.run([*pip, "list"], capture_output=True, text=True, check=True, env={**os.environ})
    assert "Django" not in listed.stdout


def test_the_installer_needs_only_the_standard_library():
    code = "import sys; import tools.install; print(any(n.startswith('django') for n in sys.modules))"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
