"""Each part gets its own secrets, and making them again changes none."""

import stat

import pytest

from config import environment
from config.environment import Part
from tools import make_parts
from tools.make_parts import PARTS


@pytest.fixture
def made(tmp_path):
    assert make_parts.main([str(tmp_path)]) == 0
    return tmp_path


def contents(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_no_two_parts_share_a_secret(made):
    for part in PARTS:
        wanted = {*environment.secrets_of(part), "database-password"}
        assert {path.name for path in (made / part).iterdir()} == wanted
    owners = contents(made / "owner").values()
    found = [text for part in PARTS for text in contents(made / part).values()]
    assert len(found) == len(set(found))
    # What the owner holds as well is what only one part has, for setting up and for the backup of keys.
    assert len(set(found) & set(owners)) == len(set(environment.secrets_of(Part.ALL)) - {"django-secret-key"})


def test_only_their_owner_can_read_them(made):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in made.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_the_roles_sign_in_with_the_passwords_the_parts_have(made):
    roles = (made / "owner" / "roles.sql").read_text()
    for part in ("public", "staff", "worker"):
        password = (made / part / "database-password").read_text()
        assert f"CREATE ROLE heard_{part} LOGIN PASSWORD '{password}';" in roles


def test_making_them_again_changes_nothing(made):
    before = contents(made)
    make_parts.main([str(made)])
    assert contents(made) == before


def test_without_a_folder_it_says_how(capsys):
    assert make_parts.main([]) == 2
    assert "python -m tools.make_parts /etc/heard" in capsys.readouterr().out
