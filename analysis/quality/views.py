"""The page that says how far the themes can be trusted, for whoever may read reports."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Capability, requires
from analysis.disclosure.published import LEAST_BASE
from analysis.editions import current
from analysis.quality.figures import Quality, Share, quality
from analysis.quality.gathering import judged

NOTHING = "too few to say"


@require_GET
@requires(Capability.READ_REPORTS)
def quality_page(request: HttpRequest) -> HttpResponse:
    """Plain words first, then each theme, then how far a model's certainty can be believed."""
    found = quality(judged())
    return render(request, "analysis/quality.html", {"page": _page(found), "base": found.base.words})


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


def _agreement(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def _words(share: Share | None) -> str:
    if share is None:
        return NOTHING
    return f"{share.value:.0%} ({share.low:.0%} to {share.high:.0%}), of {share.base.words}"
