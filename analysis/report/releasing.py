"""Freezing a theme report: count, protect, audit beside every earlier release, write once.

Loads the audit and with it scipy, so only the worker and commands import it.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.roles import Capability, require
from analysis.disclosure.published import LEAST
from analysis.editions import current
from analysis.models import Release, ReleasedContribution, ReleasedQuote, ReleaseRequest, RequestState, fingerprint
from analysis.report import splitting
from analysis.report.assembling import Disclosive, Earlier, Plan, assemble, steady_source, unchanged
from analysis.report.counting import count, pipelines
from analysis.report.counting_people import count_people
from analysis.report.evidence import choose
from analysis.report.frozen import Method, Report, ThemeName, report_from_json
from analysis.report.quarters import NotAQuarter, first_day, quarter_of
from analysis.report.splitting import breakdowns_of
from analysis.report.tabulating import Heard
from feedback.models import Consultation
from surveys.tallies import Split

log = logging.getLogger(__name__)


class CannotRelease(ValueError):
    """What was asked for cannot be a release; the message says what to ask for instead."""


@transaction.atomic
def freeze(consultation: Consultation, *, title: str, quarters: Sequence[str], breakdown: str, by: User) -> Release:
    """Freeze the theme report of some quarters, split by one breakdown or by none ("").

    Figures stay as an earlier release printed them where fewer than ten contributions have changed since. Raises
    PermissionDenied, CannotRelease if the quarters or breakdown do not exist, and Disclosive if the figures would give
    a small number away beside earlier ones.
    """
    require(by, Capability.RELEASE)
    Consultation.objects.select_for_update().get(pk=consultation.pk)  # numbers are given one at a time
    asked = _checked(consultation, quarters, breakdown)
    split = splitting.split(consultation, asked, breakdown)
    heard = count(consultation, asked, split.chosen)
    past = list(Release.objects.of(consultation))
    earlier = _earlier(past, heard)
    people = count_people(consultation.organisation, asked, today=timezone.localdate())
    plan = replace(_plan(consultation, (asked, breakdown), split, heard, earlier), people=people)
    report = assemble(heard, plan, earlier)
    release = _write(consultation, title, report, _spec(plan, past, earlier), by)
    quotes = choose(release, report, heard, split.labels)
    release.quotes_chosen = len(quotes)
    _remember(release, heard)
    ReleasedQuote.objects.bulk_create(quotes)
    log.info("release %s of consultation %s frozen by %s", release.number, consultation.pk, by.pk)
    return release


def fulfil(request_id: UUID | str) -> None:
    """Freeze what a waiting request asks for, or write down why not. A request already answered is left alone."""
    request = ReleaseRequest.objects.select_related("consultation", "asked_by").get(pk=request_id)
    if request.state != RequestState.WAITING:
        return
    try:
        request.release = freeze(
            request.consultation,
            title=request.title,
            quarters=request.quarters,
            breakdown=request.breakdown,
            by=request.asked_by,
        )
        request.state = RequestState.DONE
    except (CannotRelease, Disclosive) as refusal:
        request.state, request.why_refused = RequestState.REFUSED, str(refusal)
    request.save(update_fields=["state", "why_refused", "release"])


def _checked(consultation: Consultation, quarters: Sequence[str], breakdown: str) -> tuple[str, ...]:
    asked = tuple(sorted(set(quarters)))
    if not asked:
        raise CannotRelease("Name at least one quarter, such as 2026-Q3.")
    try:
        late = [quarter for quarter in asked if first_day(quarter) > timezone.localdate()]
    except NotAQuarter as wrong:
        raise CannotRelease(str(wrong)) from wrong
    if late:
        raise CannotRelease(f"{late[0]} has not begun. Leave it out.")
    known = breakdowns_of(consultation)
    if breakdown and breakdown not in known:
        raise CannotRelease(f"No survey of this consultation asks for “{breakdown}”. Choose from: {', '.join(known)}.")
    return asked


def _earlier(past: Sequence[Release], heard: Sequence[Heard]) -> list[Earlier]:
    """Every earlier report, the latest first, each with where hardly anything has changed since."""
    by_number = {release.number: release for release in past}
    moved = {release.number: _moved(release, heard) for release in past if release.received}
    found = []
    for release in past:
        spec = release.spec
        steady = frozenset(
            quarter for quarter, number in spec["rows_of"].items() if moved[number].get(quarter, 0) < LEAST
        )
        since = moved[spec["splits_of"]]
        is_steady = sum(since.get(quarter, 0) for quarter in spec["quarters"]) < LEAST
        report = report_from_json(by_number[release.number].frozen_output())
        found.append(Earlier(release.number, report, steady, is_steady))
    return found


def _moved(release: Release, heard: Sequence[Heard]) -> dict[str, int]:
    """By quarter, how many contributions came, went or were read anew since a release counted them."""
    before = {pk: (quarter, mark) for pk, quarter, mark in _counted(release)}
    moved = Counter(release.received)
    moved.subtract(quarter for quarter, _ in before.values())
    for one in heard:
        if one.quarter in release.received and before.get(one.id, ("", ""))[1] != _mark(release, one):
            moved[one.quarter] += 1
    return dict(moved)


def _counted(release: Release) -> models.QuerySet[ReleasedContribution, tuple[UUID, str, str]]:
    return release.counted.values_list("contribution_id", "quarter", "fingerprint")


def _mark(release: Release, one: Heard) -> str:
    return salted_hmac(f"analysis.release.{release.pk}", one.fingerprint(), algorithm="sha256").hexdigest()


def _plan(
    consultation: Consultation,
    asked: tuple[tuple[str, ...], str],
    split: Split,
    heard: Sequence[Heard],
    past: Sequence[Earlier],
) -> Plan:
    """What to show for the quarters and breakdown asked for, under the names the codebook has now."""
    codebook = current()
    known = {theme.slug: ThemeName(theme.slug, theme.name, theme.number is not None) for theme in codebook.themes}
    seen = dict.fromkeys(slug for one in heard for slug in one.themes if one.left_out is None)
    today = quarter_of(timezone.localdate())
    method = Method(
        codebook_version=codebook.version,
        codebook_sha256=codebook.sha256,
        pipelines=pipelines(consultation),
        earlier=tuple(one.number for one in past),
        unfinished=today if today in asked[0] else "",
    )
    themes = (*known.values(), *(ThemeName(slug, slug, False) for slug in seen if slug not in known))
    return Plan(asked[0], asked[1], split.labels, themes, method)


def _spec(plan: Plan, past: Sequence[Release], earlier: list[Earlier]) -> dict[str, Any]:
    """What was asked, and which release counted the figures of each quarter (rows) and of the period (splits)."""
    number = past[0].number + 1 if past else 1
    specs = {release.number: release.spec for release in past}
    same = unchanged(plan, earlier)
    rows_of = {}
    for quarter in plan.quarters:
        source = same or steady_source(quarter, earlier)
        rows_of[quarter] = specs[source.number]["rows_of"][quarter] if source else number
    return {
        "number": number,
        "quarters": list(plan.quarters),
        "breakdown": plan.breakdown,
        "codebook_sha256": plan.method.codebook_sha256,
        "pipelines": list(plan.method.pipelines),
        "rows_of": rows_of,
        "splits_of": specs[same.number]["splits_of"] if same else number,
    }


def _write(consultation: Consultation, title: str, report: Report, spec: dict[str, Any], by: User) -> Release:
    output = report.as_json()
    return Release(
        consultation=consultation,
        number=spec["number"],
        title=title,
        spec=spec,
        output=output,
        sha256=fingerprint(spec, output),
        released_by=by,
        released_on=timezone.localdate(),
    )


def _remember(release: Release, heard: Sequence[Heard]) -> None:
    """Save the release and, unless its figures are another's, what it counted."""
    is_own = release.spec["splits_of"] == release.number
    if is_own:
        release.received = dict.fromkeys(release.spec["quarters"], 0) | Counter(one.quarter for one in heard)
    release.save(force_insert=True)
    if is_own:
        ReleasedContribution.objects.bulk_create(
            ReleasedContribution(
                release=release,
                contribution_id=one.id,
                quarter=one.quarter,
                fingerprint=_mark(release, one),
                left_out=one.left_out.name.lower() if one.left_out else "",
            )
            for one in heard
        )
