"""What set-up makes: secrets once, the stylesheet once per version, the rest while the site already answers."""

import json
import stat
import subprocess

import pytest

from tools import build_encoder, finish_setup, govuk_assets, install, make_secrets


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARD_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def test_each_secret_is_made_for_its_owner_only_and_they_differ(var, capsys):
    assert make_secrets.main() == 0
    files = [var / "secrets" / name for name in ("django-secret-key", "pepper", "second-factor-key")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * len(files)
    made = {file.read_text() for file in files}
    assert len(made) == len(files)
    assert all(len(secret) >= 48 for secret in made)
    out = capsys.readouterr().out
    assert "Back them up apart from the data" in out
    assert not [secret for secret in made if secret in out]


def test_a_secret_that_exists_is_never_touched(var):
    kept = var / "secrets" / "pepper"
    kept.parent.mkdir(parents=True)
    kept.write_text("a fictional pepper")
    make_secrets.main()
    assert kept.read_text() == "a fictional pepper"
    assert (var / "secrets" / "django-secret-key").exists()


def locked(version):
    return json.dumps({"packages": {"node_modules/govuk-frontend": {"version": version}}})


@pytest.fixture
def npm(tmp_path, var, monkeypatch):
    """A checkout with a lock file, and what npm would have built; counts how often npm ran."""
    built = tmp_path / "built"
    built.mkdir()
    (built / "govuk-frontend.min.css").write_text('@font-face{font-family:"GDS Transport"}a{color:red}')
    (built / "govuk-frontend.min.js").write_text("export{}\n//# sourceMappingURL=govuk.js.map")
    (tmp_path / "package-lock.json").write_text(locked("1.0.0"))
    ran = []
    monkeypatch.setattr(govuk_assets, "ROOT", tmp_path)
    monkeypatch.setattr(govuk_assets, "BUILT", built)
    monkeypatch.setattr(govuk_assets, "run_npm", lambda: ran.append(1))
    return ran


def test_the_stylesheet_and_script_arrive_without_font_or_source_map(npm, var):
    assert govuk_assets.main() == 0
    assert (var / "govuk" / "govuk-frontend.min.css").read_text() == "a{color:red}"
    assert (var / "govuk" / "govuk-frontend.min.js").read_text().strip() == "export{}"


def test_the_same_version_is_fetched_once_and_another_anew(npm, var, tmp_path):
    for _ in range(2):
        govuk_assets.main()
    assert len(npm) == 1
    (tmp_path / "package-lock.json").write_text(locked("2.0.0"))
    govuk_assets.main()
    assert len(npm) == 2


def test_a_failed_fetch_leaves_nothing_that_looks_fetched(npm, var, monkeypatch):
    def fails():
        raise subprocess.CalledProcessError(1, ["npm"])

    monkeypatch.setattr(govuk_assets, "run_npm", fails)
    with pytest.raises(subprocess.CalledProcessError):
        govuk_assets.main()
    assert not var.exists()


@pytest.mark.parametrize(
    ("found", "start"), [("/usr/bin/npm", ["/usr/bin/npm"]), (None, [govuk_assets.sys.executable])]
)
def test_npm_runs_no_script_of_any_package(found, start, monkeypatch):
    asked = []
    monkeypatch.setattr(govuk_assets.shutil, "which", lambda name: found)
    monkeypatch.setattr(govuk_assets.subprocess, "run", lambda command, **options: asked.append((command, options)))
    govuk_assets.run_npm()
    ((command, options),) = asked
    assert command[:1] == start
    assert {"ci", "--ignore-scripts"} <= set(command)
    assert options["check"]


def test_the_rest_of_set_up_is_installed_in_order_and_then_built(var, monkeypatch):
    done = []
    monkeypatch.setattr(install, "make_environment", lambda folder: ["pip"])
    monkeypatch.setattr(install, "install", lambda pip, folder, name: done.append(name))
    monkeypatch.setattr(build_encoder, "main", lambda folder: done.append(folder) or 0)
    assert finish_setup.main() == 0
    assert done == [*finish_setup.LATER, var / "models"]


@pytest.mark.parametrize("problem", [install.InstallFailed("no pip"), subprocess.CalledProcessError(1, ["pip"])])
def test_what_cannot_be_installed_is_said_and_nothing_is_built(problem, monkeypatch, capsys):
    def fails(folder):
        raise problem

    monkeypatch.setattr(install, "make_environment", fails)
    monkeypatch.setattr(build_encoder, "main", lambda folder: pytest.fail("built"))
    assert finish_setup.main() == 1
    assert "Everything else works" in capsys.readouterr().out
