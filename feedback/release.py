"""The one way out: unreviewed words to the machine for a use their contributor agreed to, and reviewed passages.

Only the worker can call `unreviewed`, because only it can read the periods' private keys.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from feedback import keys, languages, vault
from feedback.models import Contribution, Envelope, Passage, Period, SealedText, Use, Voice
from feedback.models.review import PassageQuerySet

PrivateKey = Callable[[Period], bytes]


class LeftOut(StrEnum):
    """Why a sealed text was not opened for a use."""

    NO_CONSENT = "no consent"
    PAST_USE = "past its last day of use"
    NOT_ENGLISH = "not in English: for people to read"
    WITHDRAWN = "withdrawn meanwhile"
    KEY_DESTROYED = "key destroyed"
    KEY_MISSING = "key missing"
    DAMAGED = "damaged"
    NOT_REDACTED = "redaction failed: for people to read"


@dataclass(frozen=True)
class Unreviewed:
    """One sealed text as the machine may see it: redacted by rule, with the facts of its contribution."""

    sealed_text_id: uuid.UUID
    contribution_id: uuid.UUID
    question_id: str
    voice: Voice
    language: str
    people: int
    received_on: date
    text: str = field(repr=False)


class NotReleased(Exception):
    """A sealed text may not or cannot be opened; `why` says which."""

    def __init__(self, why: LeftOut) -> None:
        """Keep the reason, and say it."""
        super().__init__(why.value)
        self.why = why


@dataclass
class Sweep:
    """Goes once through sealed texts, yielding what may be read and counting in `left_out` what may not."""

    texts: "QuerySet[SealedText]"
    use: Use
    at_once: int = 1
    left_out: Counter[LeftOut] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Unreviewed]:
        """Each readable text in turn, opened only when it is asked for."""
        # Ids first and a few rows afresh at a time, so that a withdrawal during a long sweep is heeded.
        ids = list(self.texts.values_list("pk", flat=True))
        for at in range(0, len(ids), self.at_once):
            yield from self._opened(ids[at : at + self.at_once])

    def _opened(self, ids: Sequence[uuid.UUID]) -> Iterator[Unreviewed]:
        rows = SealedText.objects.select_related("contribution__consultation", "period", "envelope").in_bulk(ids)
        private_key = _remembered()
        for sealed_text_id in ids:
            try:
                yield _read(rows.get(sealed_text_id), self.use, private_key)
            except NotReleased as refusal:
                self.left_out[refusal.why] += 1


def unreviewed(texts: "QuerySet[SealedText]", *, use: Use, at_once: int = 1) -> Sweep:
    """Open and redact the given sealed texts for one use; `at_once` rows are fetched together.

    Iterate over the result, then read its `left_out`: what was yielded and what was left out add up to all of them.
    """
    return Sweep(texts, use, at_once)


def passages(use: Use) -> PassageQuerySet:
    """The reviewed passages whose contributors agreed to this use."""
    return Passage.objects.for_use(use)


def unseal(sealed_text: SealedText) -> str:
    """The words of one sealed text, as they were sealed.

    Raises:
        NotReleased: if it cannot be opened: withdrawn, damaged, or its key is destroyed or missing.
    """
    # Asked afresh: the envelope dies with a withdrawal, whatever copies of the row are about.
    return _opened(sealed_text, Envelope.objects.filter(sealed_text=sealed_text).first(), keys.private_key)


def _opened(sealed_text: SealedText, envelope: Envelope | None, private_key: PrivateKey) -> str:
    period = sealed_text.period
    if envelope is None:
        raise NotReleased(LeftOut.KEY_DESTROYED if period.key_destroyed_on else LeftOut.WITHDRAWN)
    header = vault.Header(period.pk, sealed_text.pk, sealed_text.question_id)
    sealed = vault.Sealed(bytes(sealed_text.ciphertext), bytes(envelope.wrapped_key))
    try:
        return vault.open_sealed(sealed, header=header, private_key=private_key(period))
    except keys.KeyDestroyed:
        raise NotReleased(LeftOut.KEY_DESTROYED) from None
    except keys.KeyProblem:
        raise NotReleased(LeftOut.KEY_MISSING) from None
    except vault.VaultError:
        raise NotReleased(LeftOut.DAMAGED) from None


def _remembered() -> PrivateKey:
    """Reads each period's key once; for a few texts, because a key may be destroyed meanwhile."""
    found: dict[str, bytes] = {}

    def private_key(period: Period) -> bytes:
        if period.pk not in found:
            found[period.pk] = keys.private_key(period)
        return found[period.pk]

    return private_key


def _read(sealed_text: SealedText | None, use: Use, private_key: PrivateKey) -> Unreviewed:
    if sealed_text is None:
        raise NotReleased(LeftOut.WITHDRAWN)
    contribution = sealed_text.contribution
    _refuse_unless_agreed(contribution, use)
    return Unreviewed(
        sealed_text_id=sealed_text.pk,
        contribution_id=contribution.pk,
        question_id=sealed_text.question_id,
        voice=Voice(contribution.voice),
        language=contribution.language,
        people=contribution.people,
        received_on=contribution.received_on,
        text=_redacted(_opened(sealed_text, getattr(sealed_text, "envelope", None), private_key)),
    )


def _refuse_unless_agreed(contribution: Contribution, use: Use) -> None:
    if use not in contribution.uses:
        raise NotReleased(LeftOut.NO_CONSENT)
    if not contribution.is_in_use:
        raise NotReleased(LeftOut.PAST_USE)
    if not languages.is_english(contribution.language):
        raise NotReleased(LeftOut.NOT_ENGLISH)


def _redacted(text: str) -> str:
    # Imported here, because the web process lists passages too and never needs the word lists.
    from feedback.redaction import redact  # noqa: PLC0415

    try:
        return redact(text).text
    except Exception:  # noqa: BLE001 - one text no rule can digest must neither stop the sweep nor be quoted in an error
        raise NotReleased(LeftOut.NOT_REDACTED) from None
