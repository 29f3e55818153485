"""Each part gets its own secrets, and making them again changes none."""

import stat

import pytest

from tools import make_parts


@pytest.fixture
def made(tmp_path):
    assert make_parts.main([str(tmp_path)]) == 0
    return tmp_path


def contents(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_no_two_parts_share_a_secret_but_the_pepper_of_public_and_owner(made):
    found = contents(made)
    peppers = {name: text for name, text in found.items() if name.endswith("pepper")}
    assert set(peppers) == {"public/pepper", "owner/pepper"}
    assert len(set(peppers.values())) == 1
    others = [text for name, text in found.items() if not name.endswith(("pepper", "roles.sql"))]
    assert len(others) == len(set(others)) == 8


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
