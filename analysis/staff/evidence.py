"""The evidence screen: published records by theme, and, kept apart from them, reviewed passages by theme."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability
from analysis.codebook import Codebook
from analysis.editions import current
from analysis.models import Valence
from analysis.staff import shown
from feedback.staff.access import RoleRequired


class EvidenceFilters(forms.Form):
    """Which theme, and how the experience with it was. An address that names neither shows a little of everything."""

    theme = forms.ChoiceField(required=False)
    valence = forms.ChoiceField(required=False, label="How it was", choices=[("", "Any"), *Valence.choices])

    def __init__(self, *args: Any, book: Codebook, **kwargs: Any) -> None:
        """Offer the codebook's themes: the findings of 2020 first, then the others by group."""
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", "All themes"), *_grouped(book)]  # type: ignore[attr-defined]


def _grouped(book: Codebook) -> list[tuple[str, list[tuple[str, str]]]]:
    core = [(theme.slug, f"{theme.number}. {theme.name}") for theme in book.core()]
    others = [
        (name, [(theme.slug, theme.name) for theme in book.themes if theme.parent == group and theme.number is None])
        for group, name in book.groups.items()
    ]
    return [("Findings of the 2020 review", core), *((name, themes) for name, themes in others if themes)]


class Evidence(RoleRequired, WagtailAdminTemplateMixin, TemplateView):
    """Statements with the words that show their theme. Published and live evidence never share a list or a number."""

    capabilities = (Capability.READ_EVIDENCE,)
    page_title = "Evidence"
    header_icon = "openquote"
    template_name = "analysis/evidence.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filters and what they leave. A filter that means nothing is told so and left out."""
        book = current()
        form = EvidenceFilters(self.request.GET, book=book)
        form.is_valid()
        theme, valence = (form.cleaned_data.get(name, "") for name in ("theme", "valence"))
        historic = shown.historic(book, theme, valence)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "theme": book.theme(theme) if theme else None,
            "is_filtering": bool(theme or valence),
            "historic": historic,
            "years": sorted({one.year for group in historic for one in group.shown}),
            "live": shown.live(book, theme, valence),
            "unsorted": [] if theme or valence else shown.unsorted(),
        }
