"""Asks every address as everybody, and prints what differs from the table of roles.

A small fictional installation is made in a database of its own, with something at every address. Everybody is signed
out, holds return words, is signed in without a role, is a superuser without one, or holds exactly one role. Whoever the
table refuses is tried with every method, with other spellings of the address, with ids that exist and ids that do not,
and with the site's guard taken away, so that the views stand alone. Exit status 1 after a surprise.

python -m tools.attack_access
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
if not settings.configured:
    folder = tempfile.TemporaryDirectory(prefix="heard-attack-")
    os.environ |= {"HEARD_VAR": folder.name, "HEARD_DATABASE": "", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from accounts.models import Grant, Role  # noqa: E402
from config.access import Level, Row, is_ours, opens, patterns  # noqa: E402
from config.addresses import TABLE  # noqa: E402
from config.roles_page import WITHOUT_ROLE  # noqa: E402

COLUMNS = {head: (frozenset[Role](), is_signed_in) for head, is_signed_in in WITHOUT_ROLE} | {
    role.label: (frozenset({role}), True) for role in Role
}
ANONYMOUS = {head for head, is_signed_in in WITHOUT_ROLE if not is_signed_in}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
ORDINARY, ODD = ("get", "post"), ("put", "patch", "delete", "options", "head")
SIGN_IN, ADMIN_HOME = "/staff/sign-in/", "/admin/"
# No workflow runs in the small installation; what is open there answers that there is none.
OF_A_WORKFLOW = (
    "workflow/preview/<uuid:pk>/<int:task_id>/",
    "workflow/preview/<int:page_id>/<int:task_id>/",
    "<int:task_state_id>/",
)
SUPERUSER = "Superuser, no role"
GUARD = "config.guard.Guard"


@dataclass(frozen=True)
class Target:
    """One address with its row, filled in with what exists, and whether its view is ours."""

    pattern: str
    path: str
    row: Row
    is_ours: bool


@dataclass(frozen=True)
class Surprise:
    """An answer that the table does not foresee."""

    who: str
    method: str
    path: str
    status: int
    why: str

    def __str__(self) -> str:
        return f"{self.who}: {self.method.upper()} {self.path} gave {self.status}, {self.why}"


def targets(given: dict[str, Any]) -> list[Target]:
    """Every address of the site, with the ids of things that exist."""
    found = []
    for pattern, view in patterns():
        row = TABLE.row_for(pattern, view.callback)
        assert row is not None, pattern  # noqa: S101 - the tests keep the table whole
        found.append(Target(pattern, "/" + fill(pattern, given), row, is_ours(view.callback)))
    return found


def may_open(who: str, target: Target) -> bool:
    """Whether the table opens this address to this kind of person."""
    roles, is_signed_in = COLUMNS[who]
    return opens(target.row, roles, is_signed_in=is_signed_in)


def fill(pattern: str, given: dict[str, Any]) -> str:
    """The address with its parameters filled in: from the longest beginning of it that `given` knows, then the shorter.

    A pattern that is a regular expression is given whole.
    """
    if isinstance(given.get(pattern), str):
        return str(given[pattern])
    values: dict[str, Any] = {}
    for beginning in sorted(given, key=len):
        if pattern.startswith(beginning) and isinstance(given[beginning], dict):
            values |= given[beginning]
    return PARAMETER.sub(lambda found: str(values.get(found[1], "1")), pattern.removesuffix("$"))


def one_for_each_row(wanted: Iterable[Target]) -> list[Target]:
    """The first address of each row: enough for tricks that do not depend on the view."""
    return list({target.row: target for target in reversed(list(wanted))}.values())


def ask(client: Client, who: str, wanted: Iterable[Target], methods: Iterable[str]) -> Iterator[Surprise]:
    """Ask these addresses as this kind of person, and yield what the table does not foresee.

    An open address is only read: what posting does there is for the tests of its view.
    """
    for target in wanted:
        if may_open(who, target):
            status, where = _send(client, "get", target.path)
            why = _not_open(target, status, where)
            if why:
                yield Surprise(who, "get", target.path, status, why)
            continue
        for method in methods:
            status, where = _send(client, method, target.path)
            if not is_refused(target.row, who, status, where):
                yield Surprise(who, method, target.path, status, "and should be refused")


def is_refused(row: Row, who: str, status: int, where: str) -> bool:
    """Whether an answer is the one refusal that there is for this person and this address."""
    if row.needs is Level.NOBODY and status == 404:
        return True
    if who in ANONYMOUS:
        return status == 302 and where.startswith(SIGN_IN)
    return status == 403


def _not_open(target: Target, status: int, where: str) -> str:
    if target.row.is_public:
        return "and should be open" if status in {401, 403} or status >= 500 else ""
    if target.row.needs is Level.SIGNED_IN and not target.is_ours and status == 403:
        return ""  # a page about a second factor, for somebody who has enrolled none
    if target.pattern.endswith(OF_A_WORKFLOW) and status in {302, 404}:
        return ""
    return _of_an_open_screen(target, status, where)


def _of_an_open_screen(target: Target, status: int, where: str) -> str:
    if status in {401, 403} or (status == 302 and where.startswith(SIGN_IN)):
        return "and should be open"
    if status == 302 and where == ADMIN_HOME:
        return "sent away to the admin's front page, and should be open"
    if status >= 500:
        return "a failure"
    return (
        "nothing there, so nothing was proved" if status == 404 and target.is_ours and target.row.capabilities else ""
    )


def without_the_guard(client: Client, who: str, wanted: Iterable[Target]) -> Iterator[Surprise]:
    """The views of ours that, without the guard, let somebody in whom the table refuses."""
    for target in wanted:
        if not target.is_ours or may_open(who, target) or _goes_by_rank(target, who):
            continue
        for method in ("get", "post"):
            status, where = _send(client, method, target.path)
            if not (status in {403, 404, 405} or (status == 302 and where.startswith((SIGN_IN, ADMIN_HOME)))):
                yield Surprise(who, method, target.path, status, "with the guard taken away")


def _goes_by_rank(target: Target, who: str) -> bool:
    """Screens that editors share with Wagtail ask Wagtail, which lets superusers pass: the guard alone stands there."""
    return who == SUPERUSER and target.pattern.startswith("admin/snippets/")


def respelled(path: str) -> list[str]:
    """The same address written so that a careless check might miss it."""
    bare = path.rstrip("/")
    return [
        bare,
        f"{bare}//",
        path.upper(),
        f"{bare}/.",
        f"{bare}%2f",
        f"/./{path[1:]}",
        f"{path}?next=/",
        f"{bare};/",
    ]


def ask_respelled(client: Client, who: str, wanted: Iterable[Target]) -> Iterator[Surprise]:
    """The refused addresses that open under another spelling; one redirect is followed."""
    for target in wanted:
        if may_open(who, target):
            continue
        for path in respelled(target.path):
            status, where = _send(client, "get", path)
            if status == 301:
                status, where = _send(client, "get", where)
            if status == 200:
                yield Surprise(who, "get", path, status, "under another spelling")


def guess(client: Client, who: str, wanted: Iterable[Target], known: dict[str, Any]) -> Iterator[Surprise]:
    """Ids that do not exist: nobody who is refused may tell them from those that do; nobody may cause a failure."""
    for target in wanted:
        if "<uuid:" not in target.pattern:
            continue
        path = "/" + fill(re.sub(r"<uuid:\w+>", str(uuid4()), target.pattern), known)
        true, guessed = _send(client, "get", target.path), _send(client, "get", path)
        if may_open(who, target):
            if (guessed[0] == 200 and target.is_ours) or guessed[0] >= 500:
                yield Surprise(who, "get", path, guessed[0], "for something that does not exist")
        elif true[0] != guessed[0]:
            yield Surprise(who, "get", path, guessed[0], f"and {true[0]} where it exists")


def _send(client: Client, method: str, path: str) -> tuple[int, str]:
    """The status and where it leads; nothing that the request changed is kept, and the session goes on."""
    cookies = deepcopy(client.cookies)
    with kept_as_it_was():
        response = getattr(client, method)(path)
    client.cookies = cookies
    return response.status_code, response.headers.get("Location", "")


@contextmanager
def kept_as_it_was() -> Iterator[None]:
    """Undo everything that happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def leavers(world: Any) -> Iterator[Surprise]:
    """An open session of somebody who has left, or whose role was taken away, opens nothing any more."""
    for change in ("left", "role taken away"):
        with kept_as_it_was():
            person = world.people[Role.MODERATOR.label]
            client = world.client(Role.MODERATOR.label)
            if change == "left":
                type(person).objects.filter(pk=person.pk).update(is_active=False)
            else:
                Grant.objects.filter(user=person).delete()
            response = client.get("/admin/review/")
            if response.status_code not in {302, 403}:
                yield Surprise(
                    f"Moderator, {change}", "get", "/admin/review/", response.status_code, "in an old session"
                )


def others_things(world: Any) -> Iterator[Surprise]:
    """What belongs to somebody else, or is not for this role although the address is."""
    lead = Role.SAFEGUARDING_LEAD.label
    unmarked, text = world.unmarked.pk, world.unmarked.sealed_texts.first().pk
    tries = [
        (lead, "get", f"/admin/safeguarding/{unmarked}/", {404}),
        (lead, "post", f"/admin/safeguarding/{unmarked}/open/{text}/", {404, 403}),
        (lead, "post", f"/admin/safeguarding/{unmarked}/record/", {404, 403}),
    ]
    for who, method, path, expected in tries:
        status, _ = _send(world.client(who), method, path)
        if status not in expected:
            yield Surprise(who, method, path, status, "for what triage did not mark")
    coding = world.others_coding
    with kept_as_it_was():
        path = f"/admin/coding/{coding.pk}/take-back/"
        status = world.client(Role.ANALYST.label).post(path).status_code
        if not type(coding).objects.filter(pk=coding.pk).exists():
            yield Surprise(Role.ANALYST.label, "post", path, status, "took back what somebody else had coded")


def main() -> int:
    """Make the installation, try everything and print what was found."""
    call_command("migrate", verbosity=0, skip_checks=True)
    from tests.config.factories import make_world, ready  # noqa: PLC0415 - needs the tables

    ready()
    world = make_world()
    wanted = targets(world.given)
    clients = {who: world.client(who) for who in COLUMNS}
    some = one_for_each_row(wanted)
    found = {
        "as the table says": [one for who in COLUMNS for one in ask(clients[who], who, wanted, ORDINARY)],
        "odd methods": [one for who in COLUMNS for one in ask(clients[who], who, some, ODD)],
        "other spellings": [one for who in COLUMNS for one in ask_respelled(clients[who], who, some)],
        "ids that do not exist": [one for who in COLUMNS for one in guess(clients[who], who, some, world.given)],
        "what is somebody else's": list(others_things(world)),
        "leavers and roles taken away": list(leavers(world)),
    }
    with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if name != GUARD]):
        bare = {who: world.client(who) for who in COLUMNS}
        alone = [one for who in COLUMNS for one in without_the_guard(bare[who], who, wanted)]
    found["our views without the guard"] = alone
    return told(len(wanted), found)


def told(addresses: int, found: dict[str, list[Surprise]]) -> int:
    """Print the figures and every surprise; 1 if there is one."""
    surprises = sum(len(some) for some in found.values())
    for kind, some in found.items():
        print(f"{len(some):4} surprises: {kind}")
        for one in some:
            print(f"       {one}")
    cells = addresses * len(COLUMNS)
    print(
        f"{addresses} addresses x {len(COLUMNS)} kinds of people = {cells:,} cells; surprises: {surprises} (target 0)"
    )
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
