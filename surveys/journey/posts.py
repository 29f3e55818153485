"""What a posted form says about itself: its place, its step, its token, and which button was pressed."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from surveys.journey import sitting
from surveys.journey.sitting import Sitting

FORM_TYPE = "application/x-www-form-urlencoded"
# Browsers name where a post came from; older ones say nothing. Only our own pages may post here.
OWN_PAGES = frozenset({"same-origin", "none", ""})
MOST_DIGITS = 9


@dataclass(frozen=True)
class Post:
    """A form as it came back."""

    place: str
    step: int
    token: str = field(repr=False)
    button: str
    change: str
    mode: str = ""
    language: str = ""

    def is_genuine(self, ours: Sitting) -> bool:
        """Whether this sitting was given exactly this form."""
        return sitting.is_genuine(ours, self.place, self.step, self.token)


def is_welcome(request: HttpRequest) -> bool:
    """Whether a request can be one of our forms at all: its kind and its origin, before a byte of it is read."""
    return request.content_type == FORM_TYPE and request.headers.get("Sec-Fetch-Site", "") in OWN_PAGES


def read(request: HttpRequest) -> Post:
    """The form that was posted; parts that are absent or make no sense read as empty and fit no token."""
    given = request.POST.get
    step = given("step", "")
    return Post(
        place=given("place", ""),
        step=int(step) if step.isascii() and step.isdigit() and len(step) <= MOST_DIGITS else -1,
        token=given("token", ""),
        button=next((name for name in ("mode", "change", "language") if given(name)), given("button", "continue")),
        change=given("change", ""),
        mode=given("mode", ""),
        language=given("language", ""),
    )
