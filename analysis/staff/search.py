"""The search screens: why and what for, what was found, and what is like one of them. Never how much there is."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability
from analysis.models import Search, Why
from analysis.models.search import LONGEST_QUERY
from analysis.search import asking, finding
from analysis.search.query import NotAQuery
from analysis.staff.found import described
from feedback.models import Passage
from feedback.staff.access import RoleRequired

HOME = "analysis_search"


class SearchForm(forms.Form):
    """What is looked for, and why."""

    words = forms.CharField(
        label="Words to look for",
        max_length=LONGEST_QUERY,
        help_text="All of them are looked for, in any form: “call” finds “called”. Put words in quotation marks to "
        "find them as typed and in that order. A minus before a word leaves out what has it.",
    )
    why = forms.ChoiceField(label="Why do you search?", choices=[("", "Choose a reason"), *Why.choices])
    why_words = forms.CharField(label="If it is another reason, which?", max_length=LONGEST_QUERY, required=False)


class SearchScreen(RoleRequired, WagtailAdminTemplateMixin):
    """A page of the search."""

    capabilities = (Capability.SEARCH,)
    page_title = "Search"
    header_icon = "search"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the search, this page."""
        home = {"url": reverse("wagtailadmin_home"), "label": "Home"}
        steps = [home, {"url": reverse(HOME), "label": "Search"}]
        return steps if self.page_title == "Search" else [*steps, {"url": "", "label": self.page_title}]


class Ask(SearchScreen, FormView):
    """Asks for words and a reason; a search is written down before anything is shown."""

    template_name = "analysis/search/ask.html"
    form_class = SearchForm

    def form_valid(self, form: SearchForm) -> HttpResponse:
        """What was found, at an address that does not hold the words."""
        said = form.cleaned_data
        try:
            search = asking.ask(said["words"], why=Why(said["why"]), why_words=said["why_words"], by=self.user)
        except NotAQuery as refusal:
            form.add_error("words", str(refusal))
        except asking.CannotSearch as refusal:
            form.add_error("why_words", str(refusal))
        else:
            return redirect("analysis_search_results", search.pk)
        return self.form_invalid(form)


class Results(SearchScreen, TemplateView):
    """A page of what one search found, in its own order. The search stands for the person who made it, for a day."""

    page_title = "Results"
    template_name = "analysis/search/results.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The results, or the way to a new search."""
        search = asking.standing(kwargs["pk"], by=self.user)
        if search is None:
            messages.warning(request, "This search does not stand any more. Search again, and say why.")
            return redirect(HOME)
        return self.render_to_response(self.get_context_data(search=search, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The passages of the page that was asked for, and whether there is another."""
        search: Search = kwargs["search"]
        found = finding.found(search)
        number = _page(self.request)
        like = list(Passage.objects.for_reading().filter(pk__in=[search.like_passage_id]))
        return {
            **super().get_context_data(**kwargs),
            "like": described(like)[0] if like else None,
            "results": described(finding.page(found, number), search.words),
            "number": number,
            "next": number + 1 if len(found) > number * finding.A_PAGE else None,
            "is_last_of_many": number == finding.FARTHEST and len(found) == finding.FARTHEST * finding.A_PAGE,
        }


def _page(request: HttpRequest) -> int:
    try:
        number = int(request.GET.get("page", 1))
    except ValueError:
        number = 0
    if not 1 <= number <= finding.FARTHEST:
        raise Http404("There is no such page of results.")
    return number


class MoreLike(SearchScreen, View):
    """Asks for what is like one passage, for the reason of the search that showed it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, passage: UUID) -> HttpResponse:
        """What is like it."""
        after = asking.standing(pk, by=self.user)
        if after is None:
            messages.warning(request, "This search does not stand any more. Search again, and say why.")
            return redirect(HOME)
        try:
            return redirect("analysis_search_results", asking.ask_for_like(passage, after=after, by=self.user).pk)
        except asking.CannotSearch as refusal:
            messages.warning(request, str(refusal))
            return redirect("analysis_search_results", after.pk)
