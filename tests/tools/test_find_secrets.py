"""Secrets are found by what they look like, never repeated, and ordinary lines are left alone."""

import subprocess

import pytest

from tools import find_secrets

# Put together here, so that this file is not a find itself.
RANDOM = "q7Zt2" + "Lx9Vb4" + "Ns8Kd3" + "Rw6Hy1"
HEXADECIMAL = "9f86d081" + "884c7d65" + "9a2feaa0" + "c55ad015"
BAD = {
    f"-----BEGIN {'RSA '}PRIVATE KEY-----": "a private key",
    f"-----BEGIN {'OPENSSH '}PRIVATE KEY-----": "a private key",
    f'SECRET_KEY = "{RANDOM}"': "a secret given to a name",
    f"export METRICS_TOKEN={RANDOM}": "a secret given to a name",
    f'  "db_password": "{RANDOM}",': "a secret given to a name",
    f"api_key: {HEXADECIMAL}": "a secret given to a name",
    f"postgres://heard:{'hunter22'}@db.example.org/heard": "a password in an address",
    f"--index-url {'https:'}//mirror.example.org/simple": "the address of a package registry",
    f"registry={'https:'}//mirror.example.org/npm": "the address of a package registry",
}
GOOD = [
    'SECRET_KEY = environment.secret_file("django-secret-key", create=False)',
    "HEARD_METRICS_TOKEN = environment.optional_secret",
    "token: str = field(repr=False)",
    'password = "the quick brown fox jumps"',
    "token = request.POST.get('a_long_name_of_a_field_1')",
    "PASSWORD_HASHERS = [django.contrib.auth.hashers]",
    "postgres:///heard_test",
    'f"postgres://{user}:{password}@{host}/"',
    f'    "sha256": "{HEXADECIMAL}",',
    "-----BEGIN PUBLIC KEY-----",
    '"--no-emit-index-url"',
]


@pytest.mark.parametrize(("line", "kind"), BAD.items())
def test_a_secret_is_found_with_its_line(line, kind):
    assert list(find_secrets.found_in(f"first\n{line}\n")) == [(2, kind)]


@pytest.mark.parametrize("line", GOOD)
def test_an_ordinary_line_is_left_alone(line):
    assert list(find_secrets.found_in(line)) == []


def test_a_line_may_say_that_it_only_looks_like_one():
    line = f'SECRET_KEY = "{RANDOM}"'
    assert list(find_secrets.found_in(line))
    assert list(find_secrets.found_in(f"{line}  # made up: not a secret")) == []


def test_what_git_would_keep_is_read_and_what_it_ignores_is_not(tmp_path, capsys):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    line = f'SECRET_KEY = "{RANDOM}"\n'
    (tmp_path / ".gitignore").write_text("var\n")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "settings.py").write_text(line)
    assert find_secrets.main(tmp_path) == 0
    (tmp_path / "new.py").write_text(line)
    assert find_secrets.main(tmp_path) == 1
    out = capsys.readouterr().out
    assert "new.py:1: a secret given to a name" in out
    assert RANDOM not in out
