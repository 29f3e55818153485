"""The safeguarding list and one contribution of it: a lead opens what triage marked and writes down what was done."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from accounts.roles import Capability
from feedback import safeguarding
from feedback.forms import OutcomeForm
from feedback.models import Contribution, Organisation, Purpose, SafeguardingOutcome, Urgency
from feedback.opening import NotOpened, Opened, open_text
from feedback.staff import describing
from feedback.staff.access import ClosedOnGet, RoleRequired
from feedback.staff.questions import name_questions
from feedback.staff.review import A_PAGE, HOME
from feedback.staff.tables import UrgencyColumn
from feedback.wire import Refusal


class SafeguardingList(RoleRequired, BaseListingView):
    """What triage marked and nobody has dealt with; the oldest that nobody has opened stands at the top."""

    capabilities = (Capability.SAFEGUARD,)
    model = Contribution
    page_title = "Safeguarding"
    header_icon = "warning"
    template_name = "feedback/staff/safeguarding_list.html"
    results_template_name = "feedback/staff/safeguarding_list_results.html"
    index_url_name = "feedback_safeguarding"
    verbose_name_plural = "contributions"
    paginate_by = A_PAGE
    columns = [
        TitleColumn(
            "marks",
            label="What was seen",
            classname="question",
            accessor=lambda contribution: ", ".join(mark.name for mark in describing.marks(contribution.flags)),
            get_url=lambda contribution: reverse("feedback_safeguarding_item", args=[contribution.pk]),
        ),
        Column(
            "age",
            label="Waiting",
            classname="age",
            accessor=lambda contribution: describing.age_in_words(contribution.received_on),
        ),
        UrgencyColumn("urgency", label="Urgency", accessor=lambda contribution: contribution),
        StatusTagColumn(
            "opened",
            label="Opened",
            classname="age",
            accessor=lambda contribution: "Opened" if contribution.was_opened else "Not opened",
            primary=lambda contribution: not contribution.was_opened,
        ),
        Column("consultation", label="Consultation", classname="wide"),
        Column("channel", label="Came by", classname="wide", accessor="get_channel_display"),
        Column("voice", label="Whose", classname="wide", accessor="get_voice_display"),
    ]

    def get_base_queryset(self) -> Any:
        """Those waiting, most urgent and then oldest first."""
        return Contribution.objects.awaiting_safeguarding().select_related("consultation")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list, the oldest unopened, and when each office reads."""
        oldest = Contribution.objects.urgent_unopened().order_by("received_on", "-urgency", "pk").first()
        context = {
            "oldest": oldest,
            "oldest_age": describing.age_in_words(oldest.received_on).lower() if oldest else "",
            "offices": Organisation.objects.filter(consultations__isnull=False).distinct(),
        }
        return {**super().get_context_data(*args, **kwargs), **context}


class ContributionPage(RoleRequired, WagtailAdminTemplateMixin, TemplateView):
    """What one marked contribution is, and, in the one response to a press of "Open", what one text of it says."""

    capabilities = (Capability.SAFEGUARD,)
    page_title = "One contribution"
    header_icon = "warning"
    template_name = "feedback/staff/safeguarding_item.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Start with nothing open."""
        super().setup(request, *args, **kwargs)
        self.opened: Opened | None = None
        self.opened_id: UUID | None = None
        self.problem = ""
        self.form = OutcomeForm()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this page."""
        where = {"url": reverse("feedback_safeguarding"), "label": "Safeguarding"}
        return [HOME, where, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What may be said of the contribution; words only where this request opened them."""
        marked = Contribution.objects.filter(urgency__gt=Urgency.NONE)
        contribution = get_object_or_404(marked.select_related("consultation__organisation"), pk=self.kwargs["pk"])
        context = {
            "contribution": contribution,
            "facts": facts(contribution),
            "marks": describing.marks(contribution.flags),
            "texts": texts_of(contribution),
            "actions": contribution.safeguarding_actions.select_related("taken_by").order_by("taken_on"),
            "pieces": describing.pieces(self.opened.text, ()) if self.opened else [],
            "opened_id": self.opened_id,
            "problem": self.problem,
            "form": self.form,
            "support": contribution.consultation.organisation.staff_support,
        }
        return {**super().get_context_data(**kwargs), **context}


def facts(contribution: Contribution) -> list[tuple[str, str]]:
    """What is known without opening anything, as label and value."""
    return [
        ("Consultation", str(contribution.consultation)),
        ("Waiting", describing.age_in_words(contribution.received_on)),
        ("Came by", contribution.get_channel_display()),
        ("Whose experience", contribution.get_voice_display()),
        ("Language", describing.language_in_words(contribution.language)),
    ]


def texts_of(contribution: Contribution) -> list[dict[str, Any]]:
    """Each sealed text of a contribution, as far as a closed one can be told."""
    sealed = list(describing.sized(contribution.sealed_texts.all()).order_by("question_id"))
    name_questions(sealed)
    return [{"pk": text.pk, "asked": text.asked, "size": describing.size_in_words(text)} for text in sealed]


class SafeguardingItem(ContributionPage):
    """The closed contribution."""


class OpenText(ClosedOnGet, ContributionPage):
    """One opened text of it: each press of "Open" is written down before the words are shown."""

    closed_url_name = "feedback_safeguarding_item"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The words, or a sentence that says why not."""
        try:
            self.opened = open_text(kwargs["text_pk"], user=self.user, purpose=Purpose.SAFEGUARDING)
            self.opened_id = kwargs["text_pk"]
        except NotOpened as refusal:
            if refusal.why is Refusal.WITHDRAWN:
                messages.warning(request, str(refusal))
                return redirect("feedback_safeguarding")
            self.problem = str(refusal)
        return self.render_to_response(self.get_context_data())


class RecordOutcome(ClosedOnGet, ContributionPage):
    """Writes down what was done, or shows why not with what was chosen."""

    closed_url_name = "feedback_safeguarding_item"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Back to the list once it is recorded."""
        self.form = OutcomeForm(request.POST)
        if self.form.is_valid():
            outcome = SafeguardingOutcome(self.form.cleaned_data["outcome"])
            try:
                safeguarding.record(kwargs["pk"], outcome, by=self.user)
            except safeguarding.CannotRecord as refusal:
                self.problem = str(refusal)
            else:
                messages.success(request, f"Recorded: {outcome.label}.")
                return redirect("feedback_safeguarding")
        return self.render_to_response(self.get_context_data())
