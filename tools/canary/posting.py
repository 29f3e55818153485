"""The ways words come in, most of them with something that goes wrong, and the worker's work after them."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from feedback import intake, retention, schedule, vault
from feedback.models import Channel, Contribution, Use, Voice
from surveys.definition import Definition
from surveys.journey import places
from surveys.models import Draft
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import CHANGE, TAKE_PART, USES, VOICE, WHOLE_WAY, Walker
from tools.canary import faults

SHORT = Definition("A few fictional questions", (TAKE_PART, USES, VOICE, CHANGE))
CUT = 300  # characters; more than the question allows
TOO_MUCH = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
SIGN_IN = "/staff/sign-in/"


class NotInduced(Exception):
    """A way went otherwise than it was meant to, so nothing would be proved; the message holds no words."""


def sentence(word: str) -> str:
    """What somebody writes around the word."""
    return f"They said {word} & “never” rang {word} back."


class Intake:
    """An open survey, and everything that posts to it. `failures` are the pages that failed, as they were answered."""

    def __init__(self) -> None:
        """Publish the survey. Needs keys for this month."""
        self.survey: Any = SurveyFactory(published=True, definition=SHORT)
        self.consultation: Any = self.survey.consultation
        self.failures: list[bytes] = []
        self._open: Any = None
        self.ways: dict[str, Callable[[str], None]] = {
            "sent": self.send,
            "sent by another door": self.receive,
            "withdrawn again": self.withdraw,
            "kept in a draft": self.draft,
            "left with the exit": self.leave,
            "sent back as too long": self.too_long,
            "a view fails": self.view_fails,
            "a view fails on a developer's machine": self.view_fails_openly,
            "the database refuses": self.database_fails,
            "triage fails": self.triage_fails,
            "refused at the door": self.refused,
            "too long to seal": self.too_long_to_seal,
            "larger than a post may be": self.too_much,
            "a form of somebody else's": self.forged,
            "a form of another kind": self.misread,
            "typed as return words": self.as_words,
            "typed as staff's name and password": self.as_name,
        }

    def post(self, words: Sequence[str]) -> dict[str, int]:
        """Send each word by one way, in turns; how many went each way."""
        gone = dict.fromkeys(self.ways, 0)
        names = list(self.ways)
        for number, word in enumerate(words):
            way = names[number % len(names)]
            self.ways[way](word)
            gone[way] += 1
        return gone

    def at_question(self) -> Any:
        """A browser that shows the question about words."""
        if self._open is None:
            self._open = self._walk(until=CHANGE.id)
        return self._open

    def send(self, word: str) -> None:
        """All the way."""
        before = Contribution.objects.count()
        walker = self._walk(until=CHANGE.id)
        walker.press(answer=sentence(word))
        walker.go_to(places.CHECK)
        walker.press("send")
        _expect(Contribution.objects.count() == before + 1, "nothing was received")

    def receive(self, word: str) -> None:
        """As from paper or a file, in a question's text."""
        intake.receive(self._submission(word))

    def withdraw(self, word: str) -> None:
        """Received, and taken back."""
        retention.withdraw(intake.receive(self._submission(word)))

    def draft(self, word: str) -> None:
        """Written and not sent."""
        walker = self.at_question()
        walker.press(answer=sentence(word))
        _expect(walker.place != CHANGE.id, "the text was not kept")
        walker.go_to(places.CHECK)
        walker.change(CHANGE.id)
        _expect(word in walker.text, "the text is not shown again")

    def leave(self, word: str) -> None:
        """Written, and left in a hurry."""
        walker = self._walk(until=CHANGE.id)
        walker.press(answer=sentence(word))
        drafts = Draft.objects.count()
        walker.client.get("/leave")
        _expect(Draft.objects.count() == drafts - 1, "the draft was not deleted")

    def too_long(self, word: str) -> None:
        """Shown again with what is wrong with it."""
        walker = self.at_question()
        walker.press(answer=sentence(word) + " and" * CUT)
        _expect(word in walker.text and walker.place == CHANGE.id, "the text was not shown again")

    def view_fails(self, word: str) -> None:
        """An exception with the post in its message."""
        with faults.view_fails():
            self._fail(word)

    def view_fails_openly(self, word: str) -> None:
        """The same with Django's page for developers."""
        with override_settings(DEBUG=True), faults.view_fails():
            self._fail(word)

    def database_fails(self, word: str) -> None:
        """A refused write with its values in the message."""
        with faults.database_fails():
            self._fail(word)

    def triage_fails(self, word: str) -> None:
        """Received all the same, and marked for a person."""
        with faults.triage_fails():
            contribution = intake.receive(self._submission(word))
        _expect(intake.NOT_JUDGED in contribution.flags, "triage did not fail")

    def refused(self, word: str) -> None:
        """A submission that contradicts itself."""
        self._refuse(intake.InvalidSubmission, self._submission(word, people=0))

    def too_long_to_seal(self, word: str) -> None:
        """Longer than a sealed text can be."""
        self._refuse(vault.TextTooLong, self._submission(sentence(word) * 10_000))

    def too_much(self, word: str) -> None:
        """More bytes than a post may have."""
        walker = self.at_question()
        marks = dict(walker.marks)
        walker.press(answer=word * (TOO_MUCH // len(word) + 1))
        _expect(walker.response.status_code == 413, "it was taken")
        walker.marks = marks

    def forged(self, word: str) -> None:
        """With a token that is not this form's."""
        walker = self.at_question()
        marks = dict(walker.marks)
        walker.press(marks={**marks, "token": "0" * len(marks["token"])}, answer=sentence(word))
        _expect(walker.response.status_code == 403, "it was taken")
        walker.marks = marks

    def misread(self, word: str) -> None:
        """As parts with a file, and with the words in the address as well."""
        walker = self.at_question()
        upload = SimpleUploadedFile("words.txt", sentence(word).encode())
        response = walker.client.post(f"{walker.url}?answer={word}", {"answer": sentence(word), "file": upload})
        _expect(response.status_code == 403, "it was taken")

    def as_words(self, word: str) -> None:
        """In the field for return words."""
        walker = Walker(Client(REMOTE_ADDR=f"2001:db8:{secrets.token_hex(2)}::1"))
        walker._send({"return": "go", "words": sentence(word)})
        _expect(word in walker.text, "the words were not shown again")

    def as_name(self, word: str) -> None:
        """In the fields of the staff's sign-in."""
        response = Client().post(SIGN_IN, {"login": word, "password": sentence(word)})
        _expect(response.status_code == 200, "the page was not shown again")

    def _walk(self, *, until: str) -> Any:
        walker: Any = Walker(Client(raise_request_exception=False))
        walker.begin(self.survey.code)
        walker.go_to(until, {**WHOLE_WAY, VOICE.id: {"answer": "me"}})
        return walker

    def _fail(self, word: str) -> None:
        walker = self.at_question()
        marks = dict(walker.marks)
        walker.press(answer=sentence(word))
        _expect(walker.response.status_code == 500, "the page did not fail")
        self.failures.append(walker.response.content)
        walker.marks = marks

    def _submission(self, word: str, **changes: Any) -> intake.Submission:
        facts: dict[str, Any] = {"channel": Channel.ONLINE, "voice": Voice.FIRST_HAND, "consents": frozenset(Use)}
        text = intake.FreeText(CHANGE.id, sentence(word))
        return intake.Submission(consultation=self.consultation, texts=[text], **{**facts, **changes})

    def _refuse(self, expected: type[Exception], submission: intake.Submission) -> None:
        try:
            intake.receive(submission)
        except expected:
            return
        raise NotInduced(f"{expected.__name__} was not raised")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotInduced(otherwise)


def work() -> dict[str, int]:
    """Let the worker fail with texts open, then do everything it does by the clock; its tasks by how they ended."""
    faults.open_and_fail.enqueue()
    with override_settings(HEARD_PROCESSES=1), faults.reading_fails() as reading:
        schedule.put_in_line(schedule.scheduled_tasks())
        _run_what_waits()
    _expect(reading.called, "the worker read nothing")
    schedule.Schedule(schedule.scheduled_tasks(), seconds=0).tick()
    _run_what_waits()
    ended = [row.status for row in DBTaskResult.objects.all()]
    _expect("FAILED" in ended and "SUCCESSFUL" in ended, "no task failed, or none went well")
    return {status: ended.count(status) for status in sorted(set(ended))}


def _run_what_waits() -> None:
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="canary",
        excluded_queue_names=[],
    ).run()
