"""Reading frozen theme reports, and asking for a new one."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.roles import Capability, may, requires
from analysis.models import Release, ReleasedQuote, ReleaseRequest, RequestState
from analysis.report import presenting
from analysis.report.exporting import as_csv
from analysis.report.forms import ReleaseForm
from analysis.report.frozen import Report, hidden_counts, report_from_json
from analysis.report.quarters import period_words, words
from analysis.report.requesting import request_release
from analysis.report.tabulating import VALENCES

ThemeQuotes = tuple[str, list[tuple[str, list[ReleasedQuote]]]]  # theme, then the quotes of each valence
SHORT = 12  # characters of a hash that fit a margin and still tell releases apart


@require_GET
@requires(Capability.READ_REPORTS)
def reports(request: HttpRequest) -> HttpResponse:
    """Every frozen report, the newest first, and for publishers what has been asked for."""
    may_release = may(request.user, Capability.RELEASE)
    asked = ReleaseRequest.objects.exclude(state=RequestState.DONE) if may_release else ReleaseRequest.objects.none()
    releases = [(one, period_words(tuple(one.spec["quarters"]))) for one in Release.objects.for_reading()]
    context = {"releases": releases, "may_release": may_release, "asked": asked.select_related("consultation")}
    return render(request, "analysis/reports.html", context)


@require_GET
@requires(Capability.READ_REPORTS)
def report(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """One frozen report; the quotes in it only for those who may read evidence."""
    release = get_object_or_404(Release.objects.for_reading(), pk=release_id)
    frozen = report_from_json(release.frozen_output())
    quotes = _evidence(release, frozen) if may(request.user, Capability.READ_EVIDENCE) else None
    context = {
        "release": release,
        "organisation": release.consultation.organisation,
        "report": frozen,
        "page": presenting.page(frozen),
        "period": period_words(frozen.quarters),
        "unfinished": words(frozen.method.unfinished) if frozen.method.unfinished else "",
        "breakdown_name": presenting.breakdown_name(frozen),
        "hidden": hidden_counts(frozen),
        "short_hash": release.sha256[:SHORT],
        "short_codebook": frozen.method.codebook_sha256[:SHORT],
        "evidence": quotes,
        "was_taken_back": release.has_lost_quotes,
    }
    return render(request, "analysis/report.html", context)


@require_GET
@requires(Capability.READ_REPORTS)
def figures_csv(request: HttpRequest, release_id: UUID) -> HttpResponse:  # noqa: ARG001 - the guard reads it
    """The tables of one report as a file: the same figures in the same words."""
    release = get_object_or_404(Release.objects.for_reading(), pk=release_id)
    frozen = report_from_json(release.frozen_output())
    about = (
        ("Title", release.title),
        ("Consultation", release.consultation.title),
        ("Period", period_words(frozen.quarters)),
        ("Release", f"{release.number}, frozen on {release.released_on:%d %B %Y}"),
        ("SHA-256", release.sha256),
    )
    written = as_csv(presenting.grids(frozen), about=about)
    name = f"theme-report-release-{release.number}.csv"
    # The byte order mark is for spreadsheets that would otherwise guess the encoding.
    body = written.encode("utf-8-sig")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@requires(Capability.RELEASE)
def new_release(request: HttpRequest) -> HttpResponse:
    """Ask for a new release; the worker freezes it."""
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)  # noqa: S101 - signed in; for the type checker
        wanted: dict[str, Any] = form.cleaned_data
        request_release(wanted.pop("consultation"), **wanted, by=request.user)
        return redirect("analysis:reports")
    return render(request, "analysis/new_release.html", {"form": form})


def _evidence(release: Release, frozen: Report) -> dict[str, list[ThemeQuotes]]:
    """The quotes by theme and valence, the core and the further themes apart, each in the order of the themes."""
    order = {row.slug: number for number, row in enumerate(frozen.first_hand.raised())}
    valences = list(VALENCES)
    quotes = sorted(
        ReleasedQuote.objects.filter(release=release).showable().select_related("passage"),
        key=lambda quote: (order[quote.theme], valences.index(quote.valence), str(quote.pk)),
    )
    found: dict[str, list[ThemeQuotes]] = {"core": [], "further": []}
    for slug, own in groupby(quotes, key=lambda quote: quote.theme):
        theme = frozen.theme(slug)
        kinds = [(VALENCES[kind], list(some)) for kind, some in groupby(own, key=lambda quote: quote.valence)]
        found["core" if theme.is_core else "further"].append((theme.name, kinds))
    return found
