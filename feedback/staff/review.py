"""The review queue and one item of it: a moderator opens a text, reads it once and decides."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from accounts.models import User
from accounts.roles import Capability
from feedback import review
from feedback.forms import AMEND, APPROVE, WITHHOLD, DecisionForm
from feedback.models import Organisation, Purpose, SealedText, WithheldFor
from feedback.opening import NotOpened, Opened, open_text
from feedback.staff import describing
from feedback.staff.access import ClosedOnGet, RoleRequired
from feedback.staff.questions import name_questions
from feedback.staff.tables import UrgencyColumn
from feedback.wire import Refusal

# Fewer than a screenful of a laptop: a queue is read from the top, not searched.
A_PAGE = 20
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Home"}


class QueueFilters(WagtailFilterSet):
    """What a moderator may narrow the queue by."""

    class Meta:
        model = SealedText
        fields = {
            "contribution__consultation": ["exact"],
            "contribution__urgency": ["exact"],
            "contribution__channel": ["exact"],
            "contribution__voice": ["exact"],
        }


class ReviewQueue(RoleRequired, BaseListingView):
    """What waits for a decision: the urgent, then the audit sample, then the oldest. Never a word or a total."""

    capabilities = (Capability.REVIEW,)
    model = SealedText
    page_title = "Review"
    header_icon = "glasses"
    template_name = "feedback/staff/review_queue.html"
    results_template_name = "feedback/staff/review_queue_results.html"
    index_url_name = "feedback_review"
    index_results_url_name = "feedback_review_results"
    verbose_name_plural = "texts"
    paginate_by = A_PAGE
    filterset_class = QueueFilters
    columns = [
        TitleColumn(
            "asked",
            label="Question",
            classname="question",
            get_url=lambda text: reverse("feedback_review_item", args=[text.pk]),
        ),
        Column(
            "age",
            label="Waiting",
            classname="age",
            accessor=lambda text: describing.age_in_words(text.contribution.received_on),
        ),
        UrgencyColumn("urgency", label="Urgency", accessor=lambda text: text.contribution),
        Column("consultation", label="Consultation", classname="wide", accessor="contribution.consultation"),
        Column("channel", label="Came by", classname="wide", accessor="contribution.get_channel_display"),
        Column("voice", label="Whose", classname="wide", accessor="contribution.get_voice_display"),
        Column(
            "language",
            label="Language",
            classname="wide",
            accessor=lambda text: describing.language_in_words(text.contribution.language),
        ),
        Column("size", label="Size", classname="wide", accessor=describing.size_in_words),
    ]

    def get_base_queryset(self) -> Any:
        """Those awaiting a decision, with their sizes."""
        return describing.sized(SealedText.objects.awaiting_review())

    def get_table(self, object_list: Any) -> Any:
        """Wagtail's table of one page, each line with the question as it was put."""
        name_questions(object_list)
        return super().get_table(object_list)


class ItemPage(RoleRequired, WagtailAdminTemplateMixin, TemplateView):
    """What one sealed text is, and, in the one response to a press of "Open", what it says."""

    capabilities = (Capability.REVIEW,)
    page_title = "Review one text"
    header_icon = "glasses"
    template_name = "feedback/staff/review_item.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Start with nothing open."""
        super().setup(request, *args, **kwargs)
        self.opened: Opened | None = None
        self.problem = ""
        self.form: DecisionForm | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue, this page."""
        return [HOME, {"url": reverse("feedback_review"), "label": "Review"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What may be said of the text; its words only where this request opened it."""
        text = get_object_or_404(describing.sized(SealedText.objects.all()), pk=self.kwargs["pk"])
        name_questions([text])
        context = {
            "text": text,
            "facts": facts(text),
            "marks": describing.marks(text.contribution.flags),
            "problem": self.problem,
            "form": self.form,
            "is_waiting": SealedText.objects.awaiting_review().filter(pk=text.pk).exists(),
            "support": text.contribution.consultation.organisation.staff_support,
        }
        if self.opened:
            context["pieces"] = describing.pieces(self.opened.text, self.opened.suggestion.spans)
        return {**super().get_context_data(**kwargs), **context}


def facts(text: SealedText) -> list[tuple[str, str]]:
    """What is known of a text without opening it, as label and value."""
    contribution = text.contribution
    return [
        ("Consultation", str(contribution.consultation)),
        ("Waiting", describing.age_in_words(contribution.received_on)),
        ("Came by", contribution.get_channel_display()),
        ("Whose experience", contribution.get_voice_display()),
        ("Language", describing.language_in_words(contribution.language)),
        ("Size", describing.size_in_words(text)),
        ("Agreed to", ", ".join(describing.uses_in_words(contribution)) or "Nothing"),
    ]


class ReviewItem(ItemPage):
    """The closed item."""


class OpenItem(ClosedOnGet, ItemPage):
    """The opened item: each press of "Open" is one opening, written down before the words are shown."""

    closed_url_name = "feedback_review_item"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The words, or a sentence that says why not."""
        try:
            self.opened = open_text(kwargs["pk"], user=self.user, purpose=Purpose.REVIEW)
            self.form = DecisionForm(initial={"text": self.opened.suggestion.text, "mark": self.opened.mark})
        except NotOpened as refusal:
            if refusal.why is Refusal.WITHDRAWN:
                messages.warning(request, str(refusal))
                return redirect("feedback_review")
            self.problem = str(refusal)
        return self.render_to_response(self.get_context_data())


class DecideItem(ClosedOnGet, ItemPage):
    """Takes the decision, or shows why not with what was typed."""

    closed_url_name = "feedback_review_item"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Back to the queue once it is decided."""
        self.form = DecisionForm(request.POST)
        if self.form.is_valid():
            try:
                decide(kwargs["pk"], self.form.cleaned_data, by=self.user)
            except review.Withdrawn as refusal:
                messages.warning(request, str(refusal))
                return redirect("feedback_review")
            except review.CannotDecide as refusal:
                self.problem = str(refusal)
            else:
                messages.success(request, SAID[self.form.cleaned_data["decision"]], buttons=next_button())
                return redirect("feedback_review")
        return self.render_to_response(self.get_context_data())


SAID = {
    APPROVE: "Approved. The redacted text can now be read by those who may.",
    AMEND: "Approved with your changes. The redacted text can now be read by those who may.",
    WITHHOLD: "Withheld. The text stays sealed.",
}


def decide(pk: UUID, values: dict[str, Any], *, by: User) -> None:
    """Call the one function that takes the decision the form names."""
    taken: dict[str, Callable[[], object]] = {
        APPROVE: lambda: review.approve(pk, by=by, text=values["text"], mark=values["mark"]),
        AMEND: lambda: review.amend(pk, by=by, text=values["text"]),
        WITHHOLD: lambda: review.withhold(pk, by=by, reason=WithheldFor(values["reason"])),
    }
    taken[values["decision"]]()


def next_button() -> list[Any]:
    """The way to the next text of the queue, and the way to a break."""
    following = SealedText.objects.awaiting_review().values_list("pk", flat=True).first()
    take_break = messages.button(reverse("feedback_break"), "Take a break")
    if following is None:
        return [take_break]
    return [messages.button(reverse("feedback_review_item", args=[following]), "Next text"), take_break]


class Break(RoleRequired, WagtailAdminTemplateMixin, TemplateView):
    """Nothing to read: a page to rest on, and who to talk to."""

    capabilities = (Capability.REVIEW, Capability.SAFEGUARD)
    page_title = "Take a break"
    header_icon = "glasses"
    template_name = "feedback/staff/break.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [HOME, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who each office says its readers can talk to."""
        offices = Organisation.objects.exclude(staff_support="")
        return {**super().get_context_data(**kwargs), "offices": offices}
