"""A codebook as the documents it is written in: what is edited, stored with a version, and written to one YAML file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import yaml

from analysis.codebook.read import CodebookInvalid, parse
from analysis.codebook.theme import Codebook

Entry = dict[str, Any]
HEADER = "# A codebook of Heard. Imported in the admin it becomes a draft; nothing changes until that is published.\n"


@dataclass(frozen=True)
class Documents:
    """The parts of a codebook as plain lists, mappings and strings, by the names `parse` gives them."""

    head: Mapping[str, Any] = field(repr=False)
    themes: Mapping[str, list[Entry]] = field(repr=False)
    patterns: Mapping[str, Mapping[str, Any]] = field(repr=False)
    words: Mapping[str, list[str]] = field(repr=False)
    asks: Mapping[str, list[Entry]] = field(repr=False)
    taxonomies: Mapping[str, list[Any]] = field(repr=False)
    moves: Mapping[str, str] = field(default_factory=dict, repr=False)

    def read(self) -> Codebook:
        """The codebook they describe. Raises CodebookInvalid, saying where, if they are wrong."""
        return parse(**{part.name: getattr(self, part.name) for part in fields(self)})

    def as_text(self) -> str:
        """Everything as JSON, in the order it was written: a database's own JSON type would not keep that."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    def with_version(self, version: str) -> "Documents":
        """The same documents under another version."""
        return replace(self, head={**self.head, "version": version})


def from_text(text: str) -> Documents:
    """The documents that `as_text` wrote. Raises CodebookInvalid if they do not make a codebook."""
    return from_data(json.loads(text))


def from_data(data: Any) -> Documents:
    """The documents in plain data, read once to be sure that they make a codebook.

    Raises:
        CodebookInvalid: if a part is missing, unknown or wrong; the message says which and where.
    """
    if not isinstance(data, Mapping):
        raise CodebookInvalid("This is not a codebook: it has no parts with names. Export one to see how it looks.")
    known = {part.name for part in fields(Documents)}
    unknown, missing = sorted(map(str, set(data) - known)), sorted(known - set(data) - {"moves"})
    if unknown or missing:
        said = f"has the unknown part “{unknown[0]}”" if unknown else f"lacks the part “{missing[0]}”"
        raise CodebookInvalid(f"The codebook {said}. Export one to see how it looks.")
    documents = Documents(**data)
    try:
        documents.read()
    except CodebookInvalid:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        said = f"One of its parts has another shape than it should ({type(problem).__name__})."
        raise CodebookInvalid(f"{said} Export the codebook to see how it looks.") from None
    return documents


def to_yaml(documents: Documents) -> str:
    """Everything in one YAML file, in the order people write it."""
    return HEADER + yaml.safe_dump(json.loads(documents.as_text()), sort_keys=False, allow_unicode=True, width=110)


def from_yaml(text: str) -> Documents:
    """The documents of one YAML file. Raises CodebookInvalid, naming the line where it cannot be read."""
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as problem:
        line = f" at line {problem.problem_mark.line + 1}" if problem.problem_mark else ""
        raise CodebookInvalid(f"The file cannot be read as YAML{line}. Correct it there and import it again.") from None
    except yaml.YAMLError:
        raise CodebookInvalid("The file holds characters that YAML does not allow. Save it as plain UTF-8.") from None
    return from_data(data)
