"""One demonstration person for each role, with passwords made on this machine and kept in one private file."""

import json
import secrets
from pathlib import Path

from django.conf import settings

from accounts import handing
from accounts.grants import grant
from accounts.models import Role, User
from config.environment import write_private

NAMES = {
    Role.EDITOR: "Edie Fictional",
    Role.MODERATOR: "Mo Fictional",
    Role.SAFEGUARDING_LEAD: "Saffron Fictional",
    Role.ANALYST: "Ana Fictional",
    Role.PUBLISHER: "Piers Fictional",
    Role.COMMISSION_MEMBER: "Connie Fictional",
    Role.BOARD_MEMBER: "Bo Fictional",
    Role.ADMINISTRATOR: "Ada Fictional",
}


def sign_ins_file() -> Path:
    """Where the demonstration passwords are kept, mode 0600."""
    return Path(settings.VAR) / "secrets" / "demo-sign-ins.json"


def make_people() -> dict[Role, User]:
    """Every demonstration person, made where missing, each with one role."""
    passwords = {role.value: secrets.token_urlsafe(9) for role in NAMES}
    write_private(sign_ins_file(), json.dumps(passwords, indent=1).encode())
    return {role: make_person(role, sign_ins()[role.value]) for role in NAMES}


def make_person(role: Role, password: str) -> User:
    """The demonstration person who holds this role."""
    first, last = NAMES[role].split()
    person, is_new = User.objects.get_or_create(
        username=f"demo-{role.value}", defaults={"first_name": first, "last_name": last, "is_demo": True}
    )
    if is_new:
        person.set_password(password)
        person.save()
        grant(person, role, granted_by=None)
    handing.give_app(person)
    return person


def person_for(role: Role) -> User:
    """The demonstration person who holds this role.

    Raises:
        User.DoesNotExist: before the demonstration is loaded.
    """
    return User.objects.get(username=f"demo-{role.value}", is_demo=True)


def sign_ins() -> dict[str, str]:
    """The password of each demonstration person, by role."""
    kept: dict[str, str] = json.loads(sign_ins_file().read_text())
    return kept
