"""The key pairs of periods, a month each: the public half in a row, the private half in a file for the worker alone."""

import logging
import os
import secrets
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from feedback import vault
from feedback.models import Period

logger = logging.getLogger(__name__)
# More than the rest of any month, so that a day in this month plus this many days lies in a later one.
A_MONTH_AND_A_BIT = timedelta(days=32)
PRIVATE_MODE = 0o600


class KeyProblem(Exception):
    """A period's key is not as it should be; the message says what to do."""


class NoOpenPeriod(KeyProblem):
    """Nothing can be sealed today: no key pair was prepared for this month."""


class NoKeysHere(KeyProblem):
    """This process is not the one that holds private keys."""


class KeyMissing(KeyProblem):
    """The private key's file is not where it should be."""


class KeyMismatch(KeyProblem):
    """The private key's file belongs to another installation or another backup."""


class KeyDestroyed(KeyProblem):
    """The private key was destroyed on purpose; what was sealed with it is gone for good."""


class KeyStillInUse(KeyProblem):
    """The period is not over: its key seals what comes in."""


def period_id(on: date) -> str:
    """The name of the period a day belongs to, such as "2026-11"."""
    return f"{on:%Y-%m}"


def prepare_periods(on: date | None = None) -> list[Period]:
    """This month's period and the next, with their key pairs made where they do not exist yet.

    Raises:
        KeyMissing: if a period exists whose private key file has gone; a new key would not open what is sealed.
        KeyMismatch: if a file is there that does not fit the period's public key.
    """
    today = on or timezone.localdate()
    following = today.replace(day=1) + A_MONTH_AND_A_BIT
    return [_prepare_one(period_id(day)) for day in (today, following)]


def current_period(on: date | None = None) -> Period:
    """The period that seals what comes in on a day, today by default. Needs no private key.

    Raises:
        NoOpenPeriod: if no key pair was prepared for it.
    """
    wanted = period_id(on or timezone.localdate())
    period = Period.objects.filter(pk=wanted, key_destroyed_on__isnull=True).first()
    if period is None:
        raise NoOpenPeriod(f"There is no key for {wanted}. Start the worker, or run `python manage.py make_keys`.")
    return period


def private_key(period: Period) -> bytes:
    """The period's private key. For the worker, its opener and the backup of keys; never for a web process.

    Raises:
        KeyDestroyed: if it was destroyed on purpose.
        NoKeysHere: if this process is not the one that holds keys.
        KeyMissing: if its file is not there.
        KeyMismatch: if its file does not fit the period's public key.
    """
    if period.key_destroyed_on is not None:
        raise KeyDestroyed(f"The key of {period.pk} was destroyed on {period.key_destroyed_on}.")
    try:
        key = bytes.fromhex(_path(period.pk).read_text())
    except FileNotFoundError:
        raise KeyMissing(
            f"The private key of {period.pk} is not in {settings.HEARD_KEYS_DIR}. Put it back from the key backup."
        ) from None
    if vault.public_key_of(key) != bytes(period.public_key):
        raise KeyMismatch(f"The private key of {period.pk} is not the one its texts were sealed for.")
    return key


def destroy(period: Period, *, on: date | None = None) -> None:
    """Destroy a past period's private key, so that nothing sealed in it can be opened again, here or in a backup.

    The file goes first: if the machine stops in between, doing it again finishes it.

    Raises:
        KeyStillInUse: if the period is this month's or a later one.
    """
    today = on or timezone.localdate()
    if period.pk >= period_id(today):
        raise KeyStillInUse(f"{period.pk} is not over: its key still seals what comes in.")
    _overwrite_and_remove(_path(period.pk))
    Period.objects.filter(pk=period.pk).update(key_destroyed_on=today)
    period.key_destroyed_on = today
    logger.info("the private key of %s is destroyed", period.pk)


def _prepare_one(name: str) -> Period:
    period = Period.objects.filter(pk=name).first()
    if period is None:
        public_key = vault.public_key_of(_make_file(name))
        defaults = {"public_key": public_key, "opened_on": timezone.localdate()}
        period, _ = Period.objects.get_or_create(pk=name, defaults=defaults)
    private_key(period)
    return period


def _make_file(name: str) -> bytes:
    # Written beside and linked into place: of two processes preparing at once the second finds the whole file.
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(vault.new_private_key().hex())
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        logger.info("the private key of %s was there already", name)
    finally:
        beside.unlink()
    return bytes.fromhex(path.read_text())


def _overwrite_and_remove(path: Path) -> None:
    # Overwriting is the best a file system lets a program do; an encrypted disk does the rest.
    if not path.exists():
        return
    with path.open("r+b") as handle:
        handle.write(b"0" * path.stat().st_size)
        handle.flush()
        os.fsync(handle.fileno())
    path.unlink()


def _path(name: str) -> Path:
    if settings.HEARD_KEYS_DIR is None:
        raise NoKeysHere("Only the worker holds private keys. Run this with HEARD_PART=worker.")
    return Path(settings.HEARD_KEYS_DIR) / f"{name}.key"
