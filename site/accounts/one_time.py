"""A code from an app is taken once, whichever process it reaches."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.keyed import keyed


def seconds_valid() -> int:
    """For how long a code could be taken again if it were not remembered, with one step to spare."""
    return app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 2)


@transaction.atomic
def claim(authenticator: Authenticator, code: str) -> bool:
    """Whether this code is used for the first time; from here on it is used. Only a keyed hash of it is kept."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    now = int(time.time())
    used = {mark: until for mark, until in row.data.get("used", {}).items() if until > now}
    mark = marked(row, code)
    if mark in used:
        return False
    row.data["used"] = {**used, mark: now + seconds_valid()}
    row.save(update_fields=["data"])
    return True


def marked(authenticator: Authenticator, code: str) -> str:
    """A keyed hash of the digits of a code."""
    digits = "".join(filter(str.isdigit, code))
    return keyed("used code", f"{authenticator.pk}:{digits}").hex()[:32]
