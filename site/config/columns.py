"""One value on its way from SQLite to PostgreSQL, and a sum of rows that is the same on both sides."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

WHOLE_NUMBERS = {"smallint", "integer", "bigint"}
TEXTS = {"text", "character varying", "character"}


class Unknown(ValueError):
    """A column has a type that no model of ours has used so far."""


def to_postgres(value: Any, kind: str) -> Any:
    """The value SQLite keeps, as psycopg writes it into a column of this type.

    Raises:
        ValueError: if it does not fit, or nobody has said how to write this type.
    """
    if value is None:
        return None
    if kind in TEXTS:
        return _text(value)
    if kind in WHOLE_NUMBERS:
        return _whole(value)
    if kind not in CONVERTED:
        raise Unknown(kind)
    return CONVERTED[kind](value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError("no whole number")
    return value


def _truth(value: Any) -> bool:
    if value not in (0, 1):
        raise ValueError("neither yes nor no")
    return bool(value)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("no bytes")
    return value


def _moment(value: str) -> datetime:
    # Django writes UTC without saying so.
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def _json(value: str) -> str:
    json.loads(value)
    # As written, so that a null inside stays apart from nothing at all, and no number loses a place.
    return value


CONVERTED: dict[str, Callable[[Any], Any]] = {
    "boolean": _truth,
    "bytea": _bytes,
    "uuid": UUID,
    "date": date.fromisoformat,
    "time without time zone": time.fromisoformat,
    "timestamp with time zone": _moment,
    "double precision": float,
    "numeric": lambda value: Decimal(str(value)),
    "interval": lambda value: timedelta(microseconds=_whole(value)),
    "jsonb": _json,
}


class Sum:
    """Adds up rows whatever their order, so that each row counts and none can stand in for another."""

    def __init__(self) -> None:
        """Of no row yet."""
        self.rows = 0
        self._sum = 0

    def add(self, row: bytes) -> None:
        """Count one more row."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(row).digest(), "big")) % (1 << 256)

    def hexdigest(self) -> str:
        """The sum as text."""
        return f"{self._sum:064x}"


def canonical(row: Sequence[Any], described: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of a row, the same for what `to_postgres` made and for what PostgreSQL gives back."""
    parts = [_canonical(value, kind) for value, (_, kind) in zip(row, described, strict=True)]
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _canonical(value: Any, kind: str) -> bytes:
    if value is None:
        return b""
    if isinstance(value, bytes | memoryview):
        return b"b" + bytes(value)
    if kind == "jsonb":
        return b"j" + json.dumps(json.loads(value, parse_float=_number, parse_int=_number), sort_keys=True).encode()
    if isinstance(value, datetime):
        return b"m" + value.astimezone(UTC).isoformat().encode()
    if isinstance(value, Decimal):
        return b"n" + str(value.normalize()).encode()
    return b"v" + str(value).encode("utf-8", "surrogatepass")


def _number(written: str) -> str:
    # PostgreSQL writes 1e3 as 1000: the same number, and so the same here. Apart from a text of the same letters.
    return f"\0{Decimal(written).normalize():f}"
