"""The coding screens: one statement at a time, covered until opened, by keyboard or by plain forms."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability
from analysis.coding.adjudicating import Difference, differing
from analysis.coding.places import Place, Suggestion, suggestions
from analysis.coding.queue import FARTHEST, place_at
from analysis.coding.recording import (
    CannotCode,
    Found,
    adjudicate,
    code,
    is_blind,
    is_enough_for_today,
    place_of,
    take_back,
)
from analysis.editions import current
from analysis.models import Coding, Standing
from analysis.staff.coding_forms import CodingForm
from feedback.models import Organisation
from feedback.staff.access import RoleRequired

HOME = "analysis_coding"


class CodingScreen(RoleRequired, WagtailAdminTemplateMixin):
    """A page for those who code."""

    capabilities: tuple[Capability, ...] = (Capability.CODE,)
    page_title = "Coding"
    header_icon = "tag"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, coding, this page."""
        steps: list[dict[str, Any]] = [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(HOME), "label": "Coding"},
        ]
        return steps if self.page_title == "Coding" else [*steps, {"url": "", "label": self.page_title}]


class Start(CodingScreen, TemplateView):
    """What coding is, whether anything waits, and the way to a break."""

    template_name = "analysis/coding/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is something to code or to settle, never how much."""
        return {
            **super().get_context_data(**kwargs),
            "has_next": place_at(self.user, 0) is not None,
            "is_enough": is_enough_for_today(self.user),
            "has_differences": bool(differing()),
        }


class Next(CodingScreen, View):
    """Leads to a place of the person's queue: the next statement, or one after those left for later."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The statement, or the start page where there is none."""
        if is_enough_for_today(self.user):
            return redirect("analysis_coding_break")
        at = _number(request)
        place = place_at(self.user, at)
        if place is None and at:
            messages.info(request, "That was the last one. Here is the first that waits.")
            return redirect("analysis_coding_next")
        if place is None:
            messages.success(request, "Nothing is left to code for now.")
            return redirect(HOME)
        return redirect(f"{reverse('analysis_coding_item', args=[place.passage.pk, place.start])}?at={at}")


class StatementScreen(CodingScreen, TemplateView):
    """One statement with the form to say what it is about."""

    page_title = "Code one statement"
    place: Place

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; back to the start, saying why, where the statement cannot be coded any more."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except CannotCode as refusal:
            messages.warning(request, str(refusal))
            return redirect(HOME)

    def suggested(self) -> Sequence[Suggestion]:
        """What the machine sees, unless that is hidden from whoever codes this."""
        return [] if is_blind(self.place) else suggestions(self.place)

    def form(self) -> CodingForm:
        """The form, with what was sent if anything was."""
        return CodingForm(self.request.POST or None, place=self.place, suggested=self.suggested(), book=current())

    def get(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's name
        """The statement, covered."""
        self.place = place_of(kwargs["pk"], kwargs["start"])
        return self.render_to_response(self.get_context_data())

    def post(self, _request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it and go on, or show what is missing with everything as it was filled in."""
        self.place = place_of(kwargs["pk"], kwargs["start"])
        form = self.form()
        if form.is_valid():
            try:
                return self.keep(form.found())
            except CannotCode as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form))

    def keep(self, found: Sequence[Found]) -> HttpResponse:
        """Do what this screen is for with what was found."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The statement cut into pieces, the form, and the codebook's themes."""
        form = kwargs.pop("form", None) or self.form()
        place = self.place
        return {
            **super().get_context_data(**kwargs),
            "place": place,
            "pieces": _pieces(place, form.suggested),
            "form": form,
            "themes": sorted(form.themes.values(), key=lambda theme: theme.name),
            "support": place.passage.contribution.consultation.organisation.staff_support,
            "is_open": form.is_bound,
        }


class CodeItem(StatementScreen):
    """Codes one statement, or shows what this person said about it."""

    template_name = "analysis/coding/item.html"

    def get(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:
        """The statement, or a break after enough of them."""
        if is_enough_for_today(self.user):
            return redirect("analysis_coding_break")
        return super().get(request, **kwargs)

    def keep(self, found: Sequence[Found]) -> HttpResponse:
        """Keep it, and show what comes now at the same place of the queue."""
        coding = code(self.place, found, by=self.user)
        where = reverse("analysis_coding_item", args=[coding.passage_id, coding.start])
        messages.success(self.request, "Kept.", buttons=[messages.button(where, "See it again")])
        return redirect(f"{reverse('analysis_coding_next')}?at={_number(self.request)}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the person's own coding, if there is one, and the places before and after in the queue."""
        at = _number(self.request)
        mine = Coding.objects.filter(
            passage=self.place.passage, start=self.place.start, coder=self.user, standing=Standing.READING
        )
        return {
            **super().get_context_data(**kwargs),
            "is_blind": is_blind(self.place),
            "mine": mine.prefetch_related("tags").first(),
            "at": at,
            "later": min(at + 1, FARTHEST),
            "earlier": max(at - 1, 0),
        }


class TakeBack(CodingScreen, View):
    """Takes one's own coding back, to make it again."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The statement again, as if it had not been coded."""
        coding = get_object_or_404(Coding, pk=pk)
        try:
            take_back(coding, by=self.user)
        except CannotCode as refusal:
            messages.warning(request, str(refusal))
        return redirect("analysis_coding_item", coding.passage_id, coding.start)


class Differences(CodingScreen, TemplateView):
    """Statements that two people coded differently."""

    page_title = "Settle differences"
    template_name = "analysis/coding/differences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with who coded it; the words wait on its own page."""
        return {**super().get_context_data(**kwargs), "differences": _told(differing(), self)}


class Settle(StatementScreen):
    """What two people found in one statement, and the form that settles it."""

    page_title = "Settle one difference"
    template_name = "analysis/coding/settle.html"

    def suggested(self) -> Sequence[Suggestion]:
        """None: the machine has no say between two people."""
        return []

    def keep(self, found: Sequence[Found]) -> HttpResponse:
        """Keep what was settled."""
        adjudicate(self.place, found, by=self.user)
        messages.success(self.request, "Settled. Both readings stay as they were; this one counts.")
        return redirect("analysis_coding_differences")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With both readings. Raises CannotCode where there is nothing to settle."""
        here = (self.place.passage.pk, self.place.start)
        waiting = next((one for one in differing() if (one.passage_id, one.start) == here), None)
        if waiting is None:
            raise CannotCode("There is nothing to settle about this statement.")
        names = {theme.slug: theme.name for theme in current().themes}
        return {
            **super().get_context_data(**kwargs),
            "is_mine": waiting.is_by(self.user),
            "readings": [
                [(names.get(tag.theme, tag.theme), tag.get_valence_display()) for tag in one.tags.all()]
                for one in waiting.codings
            ],
        }


class Break(CodingScreen, TemplateView):
    """Nothing to read: a page to rest on after a day's share, or whenever somebody wants to."""

    page_title = "Take a break"
    template_name = "analysis/coding/break.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it is enough for today, and who each office says its readers can talk to."""
        return {
            **super().get_context_data(**kwargs),
            "is_enough": is_enough_for_today(self.user),
            "a_day": settings.HEARD_CODING_A_DAY,
            "offices": Organisation.objects.exclude(staff_support=""),
        }


def _told(differences: list[Difference], screen: CodingScreen) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "where": reverse("analysis_coding_settle", args=[one.passage_id, one.start]),
            "is_mine": one.is_by(screen.user),
        }
        for number, one in enumerate(differences, start=1)
    ]


def _number(request: HttpRequest) -> int:
    """The place of the queue in the address; 0 where it says nothing sensible."""
    given = request.GET.get("at", "")
    return min(int(given), FARTHEST) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _pieces(place: Place, suggested: Sequence[Suggestion]) -> list[tuple[str, list[int]]]:
    """The statement's words in order, each piece with the numbers of the suggestions it is evidence for."""
    spans = [(one.start, one.end, number) for number, one in enumerate(suggested, start=1)]
    edges = sorted({place.start, place.end, *(at for start, end, _ in spans for at in (start, end))})
    return [
        (place.passage.text[start:end], [number for first, last, number in spans if first <= start and end <= last])
        for start, end in pairwise(edges)
    ]
