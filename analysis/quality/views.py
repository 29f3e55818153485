"""The page that says how far the themes can be trusted, for whoever may read reports."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Capability, requires
from analysis.disclosure.published import LEAST_BASE
from analysis.editions import current
from analysis.quality import drawing
from analysis.quality.figures import Honest, Point, Quality, Share, quality
from analysis.quality.gathering import judged, points

NOTHING = "too few to say"


@require_GET
@requires(Capability.READ_REPORTS)
def quality_page(request: HttpRequest) -> HttpResponse:
    """Plain words first, then each theme, then how far a model's certainty can be believed."""
    found = quality(judged())
    told = {"page": _page(found), "honest": _honest(found), "curve": _curve(points()), "base": found.base.words}
    return render(request, "analysis/quality.html", told)


def _page(found: Quality) -> dict[str, Any]:
    names = {theme.slug: theme.name for theme in current().themes}
    themes = [
        {
            "name": names.get(one.slug, one.slug),
            "kappa": _agreement(one.kappa),
            "precision": _words(one.precision),
            "recall": _words(one.recall),
        }
        for one in found.themes
        if one.kappa is not None or one.precision or one.recall
    ]
    return {
        "is_enough": any((found.alpha is not None, found.precision, found.recall)),
        "least": LEAST_BASE,
        "alpha": _agreement(found.alpha),
        "precision": _words(found.precision),
        "recall": _words(found.recall),
        "needs_review": _words(found.needs_review),
        "themes": sorted(themes, key=lambda theme: str(theme["name"])),
        "bands": [
            {"between": f"{one.low * 100:.0f}% to {one.high * 100:.0f}%", "confirmed": _words(one.confirmed)}
            for one in found.bands
        ],
        "has_bands": any(one.confirmed for one in found.bands),
    }


def _honest(found: Quality) -> dict[str, Any]:
    """Each theme that models named often enough: a chart, and rows that say the same."""
    names = {theme.slug: theme.name for theme in current().themes}
    rows = sorted(((names.get(one.slug, one.slug), one) for one in found.honest), key=lambda row: row[0])
    return {
        "chart": drawing.honesty(_most_off(rows), rows) if rows else None,
        "rows": [{"name": name, "sure": f"{one.sure:.0%}", "confirmed": _words(one.confirmed)} for name, one in rows],
    }


def _most_off(rows: list[tuple[str, Honest]]) -> str:
    """The title: which theme models are furthest from honest about."""
    name, one = max(rows, key=lambda row: abs(row[1].sure - row[1].confirmed.value))
    gap = round((one.sure - one.confirmed.value) * 100)
    if abs(gap) < 5:
        return "Models are about as sure as they are right, for every theme here"
    return f"Models are most {'over' if gap > 0 else 'under'}confident about “{name}”"


def _curve(found: list[Point]) -> dict[str, Any]:
    """How right the machine became with what people taught it: a chart, and rows that say the same."""
    return {
        "chart": drawing.curve("How right the machine was, as it learned", found) if found else None,
        "rows": [
            {
                "day": one.day,
                "is_set_up": one.is_set_up,
                "statements": one.statements.words,
                "right": _words(one.share),
                "is_kept": one.is_kept,
            }
            for one in found
        ],
    }


def _agreement(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def _words(share: Share | None) -> str:
    if share is None:
        return NOTHING
    return f"{share.value:.0%} ({share.low:.0%} to {share.high:.0%}), of {share.base.words}"
