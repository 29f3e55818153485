"""Between the builder's fields for Easy Read and sign language and their facets; see `conversion` for the rest."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from surveys.facets import Easy, Signed

if TYPE_CHECKING:
    from surveys.definition import Option

Raw = dict[str, Any]
HOUSE, IMAGE, DOCUMENT = "house:", "image:", "document:"


def picture(value: Mapping[str, Any]) -> str:
    """The reference to the picture chosen: the editors' own goes before one of ours."""
    own, ours = value.get("own_picture"), value.get("picture")
    if own:
        return f"{IMAGE}{own}"
    return f"{HOUSE}{ours}" if ours else ""


def easy(value: Mapping[str, Any]) -> Easy:
    """The Easy Read facet these fields stand for."""
    return Easy(value.get("label") or "", value.get("hint") or "", picture(value), value.get("alt") or "")


def signed(value: Mapping[str, Any]) -> Signed:
    """The sign language facet these fields stand for."""
    return Signed(_document(value.get("video")), _document(value.get("captions")))


def from_picture(reference: str) -> Raw:
    """The two fields of this reference."""
    own = reference.removeprefix(IMAGE) if reference.startswith(IMAGE) else ""
    return {
        "picture": reference.removeprefix(HOUSE) if reference.startswith(HOUSE) else "",
        "own_picture": int(own) if own else None,
    }


def from_easy(facet: Easy) -> Raw:
    """The fields that stand for this facet."""
    return {"label": facet.label, "hint": facet.hint, "alt": facet.alt, **from_picture(facet.picture)}


def from_signed(facet: Signed) -> Raw:
    """The fields that stand for this facet."""
    return {"video": _number(facet.video), "captions": _number(facet.captions)}


def from_option(option: "Option") -> Raw:
    """The fields of an option."""
    return {**asdict(option), **from_picture(option.picture)}


def _document(number: int | None) -> str:
    return f"{DOCUMENT}{number}" if number else ""


def _number(reference: str) -> int | None:
    return int(reference.removeprefix(DOCUMENT)) if reference.startswith(DOCUMENT) else None
