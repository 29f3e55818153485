"""Each part is started with its own secrets, role and sockets, and with nothing that is another's."""

from types import SimpleNamespace

import pytest

from tools import measure_workers, run_split
from tools.run_split import PARTS, Split


@pytest.fixture
def split(tmp_path):
    cluster = SimpleNamespace(address=lambda: "postgres://heard_owner:secret@127.0.0.1:5999/heard")
    return Split(tmp_path, cluster, 8000, 8001)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_itself_to_the_database_and_knows_no_password_of_the_owner(split, part):
    given = split.environment(part)
    assert given["HEARD_PART"] == part
    assert given["HEARD_DATABASE"] == f"postgres://heard_{part}@127.0.0.1:5999/heard"
    assert given["HEARD_SECRETS"].endswith(f"/{part}/secrets")


def test_only_the_worker_is_told_where_keys_are(split):
    assert {part: "HEARD_KEYS" in split.environment(part) for part in PARTS} == {
        "public": False,
        "staff": False,
        "worker": True,
    }


def test_accounts_are_apart_where_we_may_make_them(split, monkeypatch):
    monkeypatch.setattr(run_split, "stands_apart", lambda: True)
    assert len({split.account(part) for part in PARTS}) == len(PARTS)
    monkeypatch.setattr(run_split, "stands_apart", lambda: False)
    assert {split.account(part) for part in PARTS} == {None}
    assert split.as_account("worker") == {}


@pytest.mark.parametrize(
    ("ran", "is_shared"),
    [
        ([("0", "1"), ("1", "2"), ("2", "3")], True),
        ([("0", "1"), ("1", "2"), ("2", "3"), ("2", "1")], False),
        ([("0", "1"), ("1", "2")], False),
        ([("0", "2"), ("1", "2"), ("2", "2")], False),
    ],
)
def test_work_is_shared_if_each_is_done_once_and_not_all_by_one(ran, is_shared):
    assert measure_workers.report(ran, 3) is is_shared


@pytest.mark.parametrize(("counts", "is_right"), [((4, 4, 4), True), ((4, 4, 5), False), ((4, 3, 3), False)])
def test_an_answer_read_twice_or_never_is_a_fault(counts, is_right):
    assert measure_workers.report_readings(*counts, 4) is is_right
