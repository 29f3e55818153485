"""Second factors made by a program and handed over: for demonstration people only, whose secrets are printed anyway."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.adapters import FactorAdapter
from accounts.models import User

PERIOD = 30


@transaction.atomic
def give_app(person: User) -> None:
    """An authenticator app and recovery codes, where the person has no app yet.

    Raises:
        PermissionDenied: if this is a real person.
    """
    demo_only(person)
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)


def secret(person: User) -> str:
    """What an app is given to show this person's codes.

    Raises:
        PermissionDenied: if this is a real person.
    """
    demo_only(person)
    app = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    return FactorAdapter().decrypt(app.data["secret"])


def code_now(person: User) -> tuple[str, int]:
    """The six digits an app would show now, and for how many seconds it would.

    Raises:
        PermissionDenied: if this is a real person.
    """
    now = int(time.time())
    return format_hotp_value(hotp_value(secret(person), now // PERIOD)), PERIOD - now % PERIOD


def recovery_codes(person: User) -> list[str]:
    """The recovery codes not used yet.

    Raises:
        PermissionDenied: if this is a real person.
    """
    demo_only(person)
    held = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return RecoveryCodes(held).get_unused_codes() if held else []


def demo_only(person: User) -> None:
    """Refuse to touch a real person's secrets."""
    if not person.is_demo:
        raise PermissionDenied("Only a demonstration person's codes can be printed.")
