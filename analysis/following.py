"""Tells whoever has the return words which themes were noted in what they sent, and which reports counted it."""

import uuid

from analysis.coding.standing import Codes
from analysis.editions import current
from analysis.models import Coding, MachineTag, PassageReading, PassageTag, Release
from analysis.report.quarters import quarter_of
from feedback.models import Contribution, Outcome
from surveys.returning.following import Became, Noted, Report
from surveys.returning.reasons import why


def became(contribution_id: uuid.UUID) -> Became:
    """Themes of the reviewed passages, and of the texts that were not reviewed; released reports of its quarter."""
    contribution = Contribution.objects.get(pk=contribution_id)
    return Became(_themes(contribution), _reports(contribution))


def _themes(contribution: Contribution) -> tuple[Noted, ...]:
    """Each theme once, under its name of today: as people coded it, else of reviewed words, else of sealed ones."""
    book = current()
    reviewed = PassageReading.objects.filter(passage__contribution=contribution)
    passages = PassageTag.objects.filter(reading__in=reviewed)
    texts = MachineTag.objects.filter(reading__sealed_text__contribution=contribution)
    texts = texts.exclude(reading__sealed_text__decision__outcome=Outcome.WITHHELD)
    texts = texts.exclude(reading__sealed_text__decision__passage__reading__in=reviewed)
    noted = {book.now(theme): False for theme in texts.values_list("theme", flat=True)}
    codes = Codes.of(Coding.objects.filter(passage__contribution=contribution))
    noted |= {
        book.now(theme): True
        for passage, start, theme in passages.values_list("reading__passage_id", "start", "theme")
        if not codes.covers(passage, start)
    }
    noted |= {book.now(theme): True for _, theme, _ in codes.found()}
    names = {theme.slug: theme.name for theme in book.themes}
    return tuple(sorted((Noted(names[slug], by) for slug, by in noted.items() if slug in names), key=lambda n: n.name))


def _reports(contribution: Contribution) -> tuple[Report, ...]:
    """The reports that show its quarter. One that kept an earlier report's figures counted what that one counted."""
    releases = list(Release.objects.of(contribution.consultation).order_by("number"))
    counted = {row.release_id: row.left_out for row in contribution.releases_counted_in.all()}
    by_number = {release.number: release.pk for release in releases}
    quarter = quarter_of(contribution.received_on)
    found = []
    for release in releases:
        source = by_number.get(release.spec["splits_of"])
        if quarter in release.spec["quarters"] and source in counted:
            found.append(Report(release.title, release.released_on, why(counted[source])))
    return tuple(found)
