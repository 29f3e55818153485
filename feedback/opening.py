"""Opens one sealed text for one person, by asking the opener. The staff site calls this and holds no key itself."""

import logging
import socket
import uuid
from dataclasses import dataclass, field

from django.conf import settings

from accounts.models import User
from feedback import wire
from feedback.models import Purpose
from feedback.redaction.spans import Redaction
from feedback.review import mark_of
from feedback.wire import Refusal

logger = logging.getLogger(__name__)
# Longer than the opener's own patience, since a caller may wait behind one other.
PATIENCE_SECONDS = 15

SENTENCES = {
    Refusal.NOT_ALLOWED: "Your account has no role that lets you open this. Ask an administrator.",
    Refusal.NOT_URGENT: "This was not marked as urgent, so it cannot be opened for safeguarding.",
    Refusal.NO_CONSENT: "The person agreed to no use of these words, so they stay sealed.",
    Refusal.DECIDED: "Someone has already decided on this.",
    Refusal.HOURLY_CAP: "You have opened as many as one person may in an hour. Take a break, then carry on.",
    Refusal.DAILY_CAP: "You have opened as many as one person may in a day. Carry on tomorrow.",
    Refusal.WITHDRAWN: "This was withdrawn by the person who sent it. It no longer exists.",
    Refusal.KEY_DESTROYED: "The key for this month was destroyed at the end of its retention. Nobody can open this.",
    Refusal.UNREADABLE: "This cannot be opened: it is damaged or its key is missing. Tell whoever runs the server.",
    Refusal.FAILED: "Something went wrong while opening this. Nothing was shown. Try again.",
}
ABSENT = "The opener is not running. Start the worker with `python manage.py worker`."
NO_ANSWER = "The opener did not answer. Try again in a minute."


class NotOpened(Exception):
    """The text was not opened. Its message is a sentence for the person; `why` is None if no opener answered."""

    def __init__(self, sentence: str, why: Refusal | None = None) -> None:
        """Keep the sentence and the reason."""
        super().__init__(sentence)
        self.why = why


@dataclass(frozen=True)
class Opened:
    """One opened text, for one page and no longer: show it, never store it.

    `mark` goes through the form to `review.approve`, where it proves that the suggestion came back unchanged.
    """

    text: str = field(repr=False)
    suggestion: Redaction
    mark: str = field(repr=False)


def open_text(sealed_text_id: uuid.UUID, *, user: User, purpose: Purpose) -> Opened:
    """The words of one sealed text and the redactions the machine suggests; the opening is logged before it is shown.

    Raises:
        NotOpened: if the opener refuses, is not running or does not answer; its message says so in a sentence.
    """
    request = wire.Request(sealed_text_id, user.pk, purpose)
    answer = _ask(request)
    if answer.refusal is not None:
        raise NotOpened(SENTENCES[answer.refusal], answer.refusal)
    if answer.suggestion is None:
        raise NotOpened(NO_ANSWER)
    mark = mark_of(sealed_text_id, answer.suggestion.text)
    return Opened(text=answer.text, suggestion=answer.suggestion, mark=mark)


def _ask(request: wire.Request) -> wire.Answer:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE_SECONDS)
            connection.connect(str(settings.HEARD_OPENER_SOCKET))
            wire.write(connection, request.to_json())
            return wire.Answer.from_json(wire.read(connection, at_most=wire.LONGEST_ANSWER))
    except (FileNotFoundError, ConnectionRefusedError):
        raise NotOpened(ABSENT) from None
    except (OSError, wire.BadMessage) as problem:
        logger.warning("the opener gave no answer: %s", type(problem).__name__)
        raise NotOpened(NO_ANSWER) from None
