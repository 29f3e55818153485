"""A small fictional survey with every kind of question, and a browser that answers it by reading its own pages."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from surveys.definition import SCALES, Definition, Kind, Option, Question, Rule, Sensitivity
from surveys.journey import places
from tests.surveys import factories
from tests.surveys.factories import YES_NO

TAKE_PART = replace(factories.TAKE_PART, id="K-01")
USES = replace(factories.USES, id="K-02")
VOICE = replace(
    factories.VOICE,
    id="K-03",
    options=(*factories.VOICE.options, Option("for-someone", "Me, for someone", voice="proxy")),
)
TOLD = Question("K-04", Kind.SINGLE, "Did you tell the police?", options=YES_NO, sensitivity=Sensitivity.PERSONAL)
LISTENED = Question(
    "K-05", Kind.AGREE5, "They listened to me.", options=SCALES[Kind.AGREE5], show_if=Rule("K-04", ("yes",))
)
WAYS = Question(
    "K-06",
    Kind.MULTIPLE,
    "How did they contact you?",
    hint="Choose all that fit.",
    options=(
        Option("phone", "By phone", hint="A call or a voicemail"),
        Option("letter", "By letter"),
        Option("none", "None of these", is_exclusive=True),
    ),
)
WHEN = Question(
    "K-07", Kind.MONTH_YEAR, "When did you last hear from them?", hint="For example, 3 2024. A year alone is fine."
)
WHERE = Question(
    "K-08",
    Kind.AREA,
    "Which area did it happen in?",
    options=(Option("fenmarch", "Fenmarch"), Option("outside", "Somewhere else")),
)
ORDER = Question(
    "K-08a",
    Kind.RANKING,
    "What matters most to you?",
    hint="There is no wrong order.",
    options=(
        Option("news", "Being kept up to date"),
        Option("respect", "Being treated with respect", hint="By everyone you meet"),
        Option("safe", "Feeling safe"),
        Option("speed", "How long it takes"),
    ),
)
CRIME = replace(factories.CRIME, id="K-08b", kind=Kind.CRIME_TYPE)
HEARD_OF = Question(
    "K-08c", Kind.MONTH_YEAR, "When did you first ask for help?", purpose="Waiting times are counted in months."
)
CONTENT = Question("K-09", Kind.SATISFACTION5, "How satisfied were you?", options=SCALES[Kind.SATISFACTION5])
BRIEFLY = Question("K-10", Kind.SHORT_TEXT, "In a few words, how was it?", limit=40)
CHANGE = Question(
    "K-11",
    Kind.LONG_TEXT,
    "What should change?",
    hint="No names please.",
    sensitivity=Sensitivity.DISTRESSING,
    limit=200,
)

EVERY_KIND = Definition(
    "Questions of every kind",
    (
        TAKE_PART,
        USES,
        VOICE,
        TOLD,
        LISTENED,
        WAYS,
        WHEN,
        WHERE,
        ORDER,
        CRIME,
        HEARD_OF,
        CONTENT,
        BRIEFLY,
        CHANGE,
    ),
)
# Answers that go the whole way; no answer means skip.
WHOLE_WAY = {
    "K-01": {"answer": "yes"},
    "K-02": {"answer": ["statistics", "quote"]},
    "K-03": {"answer": "for-someone"},
    "K-04": {"answer": "yes"},
    "K-05": {"answer": "agree"},
    "K-06": {"answer": ["phone", "letter"]},
    "K-07": {"answer_0": "3", "answer_1": "2024"},
    "K-08": {"answer": "fenmarch"},
    "K-08a": {"answer_0": "2", "answer_2": "1"},
    "K-08b": {"answer": "hate-crime"},
    "K-08c": {"answer_0": "11", "answer_1": "2023"},
    "K-09": {"answer": "unsatisfied"},
    "K-10": {"answer": "Slow but kind"},
    "K-11": {"answer": "Ring people back.\nEvery time."},
}
# The pages before the first question, each left by its "continue".
BEFORE = (places.START, places.LEAVING, places.ABOUT)
HIDDEN = re.compile(r'<input type="hidden" name="(place|step|token)" value="([^"]*)"')
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


class Walker:
    """Someone at a browser without JavaScript: each post sends what the last page that was read gave."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(enforce_csrf_checks=True)
        self.url = reverse("journey:form")
        self.response = None
        self.marks: dict[str, str] = {}

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def heading(self) -> str:
        return unescape(TAGS.sub("", HEADING.search(self.text)[1])).strip()

    @property
    def place(self) -> str:
        return self.marks["place"]

    def read(self):
        return self._remember(self.client.get(self.url))

    def begin(self, code: str, **more):
        return self._send({"survey": code, **more})

    def press(self, button: str = "continue", marks: dict[str, str] | None = None, **data):
        return self._send({**(marks or self.marks), "button": button, **data})

    def speak(self, language: str, **data):
        """Choose another language on this page, with this typed on it."""
        return self._send({**self.marks, "language": language, **data})

    def change(self, question_id: str):
        return self._send({**self.marks, "change": question_id})

    def go_to(self, place: str, answers=None):
        """Continue from here with these answers (the whole way unless said) until this place is shown."""
        answers = WHOLE_WAY if answers is None else answers
        for _ in range(40):
            if self.place == place:
                return self
            if self.place in BEFORE:
                self.press()
            elif self.place in answers:
                self.press(**answers[self.place])
            else:
                self.press("skip")
        raise AssertionError(f"never came to {place!r}, but to {self.place!r}")

    def _send(self, data):
        response = self.client.post(
            self.url, urlencode(data, doseq=True), content_type="application/x-www-form-urlencoded"
        )
        if response.status_code == 303:
            response = self.client.get(response["Location"])
        return self._remember(response)

    def _remember(self, response):
        self.response = response
        self.marks = {name: unescape(value) for name, value in HIDDEN.findall(self.text)}
        return response
