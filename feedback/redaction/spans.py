"""The result of redaction: which code points to hide, and the text with typed placeholders in their place."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Span:
    """Code points to hide, half-open, and what kind of thing they are (see docs/redaction.md)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Redaction:
    """A text with its suggested redactions applied. `spans` point into the original."""

    text: str = field(repr=False)
    spans: tuple[Span, ...]


def apply(text: str, spans: tuple[Span, ...]) -> str:
    """The text with each span replaced by its placeholder, such as [PERSON]; spans must not overlap."""
    parts: list[str] = []
    done = 0
    for span in sorted(spans):
        parts += [text[done : span.start], f"[{span.kind}]"]
        done = span.end
    return "".join([*parts, text[done:]])
