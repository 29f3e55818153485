"""Keeps the catalogues of the fixed words: finds every sentence a respondent can meet, and says what is amiss.

python -m tools.messages            bring site/locale/*/LC_MESSAGES/django.po up to date
python -m tools.messages --check    change nothing; list what is missing, stale, unfinished or wrongly written
"""

import os
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python

ROOT = Path(__file__).resolve().parents[1]
# What respondents meet. The staff's side and the error pages, which know no language, stay English.
TEMPLATES = (
    "templates/base.html",
    "templates/components/**/*.html",
    "templates/govuk/**/*.html",
    "templates/pages/*.html",
    "templates/surveys/*.html",
    "templates/surveys/about_you/*.html",
    "templates/surveys/helping/*.html",
    "templates/surveys/returning/*.html",
)
MODULES = ("surveys/journey/*.py", "surveys/returning/*.py")
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"))
HOLES = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|\b(NUMBER)\b")
NOTE = """Drafted for {language}; nobody has checked it yet. A live survey refuses a language until a named
person has marked its text checked in the admin. Keep %(names)s, NUMBER and telephone numbers as they are.
Updated by `python -m tools.messages`."""

Key = str | tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Update, or check and say what is amiss; 1 if anything is."""
    set_up()
    from surveys import catalogues  # noqa: PLC0415 - needs the settings

    wanted = extract()
    if "--check" not in arguments:
        for language in catalogues.languages():
            update(language, wanted, catalogues.SOURCES)
    amiss = [line for language in catalogues.languages() for line in faults(catalogues.read(language), wanted)]
    for line in amiss:
        print(line)
    return 1 if amiss else 0


def set_up() -> None:
    """Give Django its settings, which reading a template needs."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django  # noqa: PLC0415 - after the path is set

    django.setup()


def extract() -> dict[Key, list[str]]:
    """Every sentence by its English text (singular and plural where it counts), with the files it stands in."""
    found: dict[Key, list[str]] = {}
    for place, key in [*_in_templates(), *_in_modules(), *_in_data()]:
        places = found.setdefault(key, [])
        if place not in places:
            places.append(place)
    return found


def update(language: str, wanted: dict[Key, list[str]], folder: Path) -> None:
    """Rewrite one catalogue: new sentences empty, those no longer used left out, translations kept."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    old = pofile.read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="Heard", version="1", fuzzy=False, charset="utf-8")
    new.header_comment = (
        old.header_comment if path.exists() else _commented(NOTE.format(language=new.locale.english_name))
    )
    new.creation_date, new.revision_date = old.creation_date, old.revision_date
    new.last_translator, new.language_team = "Nobody yet", f"{language} <none>"
    for key, places in wanted.items():
        was = old.get(key[0] if isinstance(key, tuple) else key)
        kept = was if was is not None and was.id == key else None
        new.add(
            key,
            string=kept.string if kept else None,
            locations=[(place, 0) for place in places],
            flags=(kept.flags if kept else set()) - {"python-format", "python-brace-format"},
            user_comments=kept.user_comments if kept else (),
        )
    with path.open("wb") as handle:
        pofile.write_po(handle, new, width=0, include_lineno=False, omit_header=False)


def faults(catalogue: Catalog, wanted: dict[Key, list[str]]) -> list[str]:
    """Everything amiss with one catalogue, one line each."""
    language = catalogue.locale_identifier
    present = {message.id: message for message in catalogue if message.id}
    missing = [f"{language}: missing: {key!r}" for key in wanted if key not in present]
    stale = [f"{language}: no longer used: {key!r}" for key in present if key not in wanted]
    wrong = [f"{language}: {fault}: {key!r}" for key, message in present.items() for fault in _faults_of(message)]
    return [*missing, *stale, *wrong]


def _faults_of(message: Message) -> Iterator[str]:
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(strings):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy, so it is shown in English"
    must = set.intersection(*(holes(text) for text in english)) if len(english) > 1 else holes(english[0])
    may = set.union(*(holes(text) for text in english))
    for text in strings:
        # A plural form may say "one minute" in a word and leave the number out.
        needed = must if len(english) == 1 else set()
        if not needed <= holes(text) <= may:
            yield f"placeholders differ in {text!r}"
    if strings[-1] != strings[-1].strip() and english[-1] == english[-1].strip():
        yield "spaces around it"


def holes(text: str) -> set[str]:
    """The names that are filled in when a sentence is shown."""
    return {next(filter(None, found.groups()), "") for found in HOLES.finditer(text)}


def _in_templates() -> Iterator[tuple[str, Key]]:
    from django.utils.translation.template import templatize  # noqa: PLC0415 - after the settings

    for path in _files(TEMPLATES):
        # What is not to be translated is blanked out there; its indentation would be none of Python's.
        calls = "\n".join(line.strip() for line in templatize(path.read_text(encoding="utf-8")).splitlines())
        yield from _python(path, calls.encode())


def _in_modules() -> Iterator[tuple[str, Key]]:
    for path in _files(MODULES):
        yield from _python(path, path.read_bytes())


def _in_data() -> Iterator[tuple[str, Key]]:
    """What is fixed text though it stands in data: the five-point scales, questions about people, the register."""
    from pages.data_register import register  # noqa: PLC0415 - after the settings
    from surveys.definition import SCALES  # noqa: PLC0415 - after the settings
    from surveys.equality import wording  # noqa: PLC0415 - after the settings

    for scale in SCALES.values():
        for option in scale:
            yield "surveys/definition.py", option.label
    for text in wording.sentences():
        yield "surveys/data/equality.yaml", text
    said = register()
    lines = [*said["summary"]["not_kept"], *said["summary"]["kept"]]
    lines += [cookie[part] for cookie in said["cookies"] for part in ("says", "kept")]
    for line in lines:
        yield "site/pages/data/register.yaml", line


def _files(patterns: tuple[str, ...]) -> list[Path]:
    return [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def _python(path: Path, source: bytes) -> Iterator[tuple[str, Key]]:
    place = str(path.relative_to(ROOT))
    for _line, function, texts, _comments in extract_python(BytesIO(source), KEYWORDS, (), {}):
        if str(function).startswith("n"):
            yield place, tuple(texts[:2])
        elif text := texts[0] if isinstance(texts, tuple | list) else texts:
            yield place, text


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
