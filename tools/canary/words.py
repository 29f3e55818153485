"""Words that stand nowhere else, the forms a machine may have kept them in, and the search for all of them at once."""

import base64
import secrets
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import quote

MARK_LETTERS, OWN_LETTERS = 10, 14
Form = Callable[[str], bytes]


def draw(number: int) -> list[str]:
    """So many words of one run: a mark that all share, a letter that encodings change, and letters of their own."""
    mark = _letters(MARK_LETTERS)
    own: set[str] = set()
    while len(own) < number:
        own.add(_letters(OWN_LETTERS))
    return [f"{mark}é{letters}" for letters in sorted(own)]


def _letters(number: int) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(number))


def _base64_at(offset: int) -> Form:
    """Base64 of a word that stands at this offset within three bytes, without the signs that its neighbours share."""
    first = (offset * 8 + 5) // 6

    def form(word: str) -> bytes:
        raw = b"\0" * offset + word.encode()
        return base64.b64encode(raw)[first : len(raw) * 8 // 6]

    return form


FORMS: dict[str, Form] = {
    "as typed": str.encode,
    "capitals": lambda word: word.upper().encode(),
    "without accents": lambda word: word.replace("é", "e").encode(),
    "Latin-1": lambda word: word.encode("latin-1"),
    "UTF-16": lambda word: word.encode("utf-16-le"),
    "UTF-16, big end first": lambda word: word.encode("utf-16-be"),
    "JSON": lambda word: word.replace("é", r"\u00e9").encode(),
    "JSON in JSON": lambda word: word.replace("é", r"\\u00e9").encode(),
    "HTML": lambda word: word.replace("é", "&eacute;").encode(),
    "address": lambda word: quote(word).encode(),
    "address in an address": lambda word: quote(quote(word)).encode(),
    "Python's bytes": lambda word: repr(word.encode())[2:-1].encode(),
    "hexadecimal": lambda word: word.encode().hex().encode(),
    "hexadecimal capitals": lambda word: word.encode().hex().upper().encode(),
    "base64": _base64_at(0),
    "base64, one byte on": _base64_at(1),
    "base64, two bytes on": _base64_at(2),
}

NO_TEXT = {"Latin-1", "UTF-16", "UTF-16, big end first"}


def written(word: str, form: str) -> bytes:
    """The word as this form writes it, whole, as a leak would."""
    if form.startswith("base64"):
        offset = [name for name in FORMS if name.startswith("base64")].index(form)
        return base64.b64encode(b"-" * offset + word.encode() + b"----")
    return FORMS[form](word)


def leaks(words: Sequence[str], *, of_text: bool) -> list[bytes]:
    """Each word as a leak would write it, in all forms by turns; `of_text` leaves out the forms that are no text."""
    forms = [name for name in FORMS if not (of_text and name in NO_TEXT)]
    return [written(word, forms[number % len(forms)]) for number, word in enumerate(words)]


@dataclass
class Found:
    """What a search saw: the words it knew, marks without a word that it knew, and how many bytes it read."""

    words: set[str] = field(default_factory=set, repr=False)
    forms: set[str] = field(default_factory=set)
    fragments: int = 0
    searched: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether there was neither a word nor a piece of one."""
        return not self.words and not self.fragments


@dataclass
class _Group:
    """The forms of all words that begin alike."""

    prefix: bytes
    known: dict[bytes, tuple[str, str]] = field(default_factory=dict)

    @property
    def lengths(self) -> list[int]:
        return sorted({len(known) for known in self.known}, reverse=True)


class Search:
    """Looks for the words of one run in every form."""

    def __init__(self, words: Sequence[str]) -> None:
        """Write every word in every form. The words are those of one `draw`."""
        mark = words[0][:MARK_LETTERS]
        known: dict[bytes, dict[bytes, tuple[str, str]]] = defaultdict(dict)
        for name, form in FORMS.items():
            prefix = _shared(form(f"{mark}é"), form(f"{mark}a"))
            for word in words:
                known[prefix].setdefault(form(word), (word, name))
        self._groups = [_Group(prefix, forms) for prefix, forms in known.items()]

    def through(self, pieces: Iterable[bytes]) -> Found:
        """Search each piece for itself; a word cut in two by the end of a piece is counted as a fragment."""
        found = Found()
        for piece in pieces:
            found.searched += len(piece)
            for group in self._groups:
                _look(piece, group, found)
        return found


def _shared(one: bytes, other: bytes) -> bytes:
    """How both begin: the mark, as this form writes it."""
    return bytes(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _look(piece: bytes, group: _Group, found: Found) -> None:
    at = piece.find(group.prefix)
    while at >= 0:
        here = next(
            (group.known[end] for length in group.lengths if (end := piece[at : at + length]) in group.known), None
        )
        if here:
            found.words.add(here[0])
            found.forms.add(here[1])
        else:
            found.fragments += 1
        at = piece.find(group.prefix, at + 1)
