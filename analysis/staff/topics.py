"""Emerging topics in the admin: the newest run with its map, one topic, and what staff decide about it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability, may
from analysis import topic_decisions
from analysis.codebook import CodebookInvalid
from analysis.codebook.documents import from_text
from analysis.disclosure.gate import published
from analysis.disclosure.published import Cell
from analysis.editions import ChangedMeanwhile, current_documents
from analysis.models import (
    FEWEST_FOR_ANALYSTS,
    FEWEST_FOR_OTHERS,
    CodebookDraft,
    Topic,
    TopicRun,
    TopicStatus,
    TopicWatch,
    WatchOutcome,
)
from analysis.staff import shown
from analysis.staff.topic_forms import MergeTopicForm, PromoteForm
from analysis.staff.topic_map import HEIGHT, WIDTH, Placed, circles
from analysis.tasks import find_topics
from feedback.staff.access import RoleRequired

HOME = "analysis_topics"
TOO_LATE = "Somebody has decided about this topic already, or it went with a newer look. Nothing was changed."
ENOUGH = 300
WEEKS_SHOWN = 8


class TopicScreen(RoleRequired, WagtailAdminTemplateMixin):
    """A page about topics. Outside the analyst role, only words of ten contributions or more are shown."""

    capabilities: tuple[Capability, ...] = (Capability.READ_EVIDENCE,)
    page_title = "Topics"
    header_icon = "glasses"
    _show_breadcrumbs = True

    @property
    def may_decide(self) -> bool:
        """Whether this person is an analyst."""
        return may(self.user, Capability.DECIDE_TOPICS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the topics, this page."""
        steps: list[dict[str, Any]] = [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(HOME), "label": "Topics"},
        ]
        return steps if self.page_title == "Topics" else [*steps, {"url": "", "label": self.page_title}]

    def described(self, topic: Topic) -> dict[str, Any]:
        """A topic as it is shown: its words, and how many contributions are in it, rounded."""
        fewest = FEWEST_FOR_ANALYSTS if self.may_decide else FEWEST_FOR_OTHERS
        return {
            "topic": topic,
            "words": [row.word for row in topic.words.said_by(fewest)],
            "cell": contributions_in(topic),
            "stability": round(topic.stability * 100),
        }


def contributions_in(found: Topic | TopicWatch) -> Cell:
    """How many contributions a topic or an alert still rests on, as it may be said."""
    return published(found.statements.values("passage__contribution").distinct().count())


class Topics(TopicScreen, TemplateView):
    """The newest run: its topics on a map and in a table that says the same."""

    template_name = "analysis/topics/topics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The run, its undecided topics, and what was decided in this or earlier runs."""
        run = TopicRun.objects.first()
        new = [self.described(topic) for topic in Topic.objects.filter(run=run, status=TopicStatus.NEW)]
        decided = Topic.objects.exclude(status=TopicStatus.NEW).select_related("merged_into", "decided_by", "run")
        return {
            **super().get_context_data(**kwargs),
            "run": run,
            "statements": published(run.statements).words if run else "",
            "new": new,
            "circles": circles([_placed(one) for one in new]),
            "width": WIDTH,
            "height": HEIGHT,
            "decided": decided.order_by("-decided_on", "-run__number", "number"),
            "enough": ENOUGH,
            "outside": round(run.outside * 100) if run and run.outside is not None else None,
            "may_decide": self.may_decide,
            "alerts": alerts() if self.may_decide else [],
        }


def alerts() -> list[dict[str, Any]]:
    """What the watch noticed in the last weeks, with how many contributions it is about, rounded."""
    since = timezone.localdate() - timedelta(weeks=WEEKS_SHOWN)
    noticed = TopicWatch.objects.filter(outcome=WatchOutcome.ALERT, week__gte=since)
    return [{"watch": one, "cell": contributions_in(one)} for one in noticed]


def _placed(one: dict[str, Any]) -> Placed:
    topic, cell = one["topic"], one["cell"]
    return Placed(topic.number, topic.x, topic.y, cell.figure, one["words"][0] if one["words"] else "")


class Look(TopicScreen, View):
    """Asks the worker to look for topics."""

    capabilities = (Capability.DECIDE_TOPICS,)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put it in line; the task is told nothing."""
        find_topics.enqueue()
        messages.success(request, "The worker is looking. It takes a few minutes: come back to this page then.")
        return redirect(HOME)


class OneTopic(TopicScreen, TemplateView):
    """One topic: its words, its nearest statements, and what may be decided."""

    template_name = "analysis/topics/topic.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The topic; the statements wait until they are asked for."""
        topic = get_object_or_404(Topic.objects.select_related("run", "merged_into"), pk=self.kwargs["pk"])
        self.page_title = f"Topic {topic.number}"
        can_merge = topic.run.topics.filter(status=TopicStatus.NEW).exclude(pk=topic.pk).exists()
        return {
            **super().get_context_data(**kwargs),
            **self.described(topic),
            "shown": shown.of_topic(topic),
            "may_decide": self.may_decide and topic.status == TopicStatus.NEW,
            "can_merge": can_merge,
        }


class Alert(TopicScreen, TemplateView):
    """What the watch noticed in one week: how many contributions, and those statements that may be read."""

    capabilities = (Capability.DECIDE_TOPICS,)
    template_name = "analysis/topics/alert.html"
    page_title = "Something new"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The alert; the statements wait until they are asked for."""
        watch = get_object_or_404(TopicWatch, pk=self.kwargs["pk"], outcome=WatchOutcome.ALERT)
        noticed = {"watch": watch, "cell": contributions_in(watch), "shown": shown.of_alert(watch)}
        return {**super().get_context_data(**kwargs), **noticed}


class Decision(TopicScreen, FormView):
    """A form that decides about one topic. What it refuses is said above it, with everything typed still there."""

    capabilities = (Capability.DECIDE_TOPICS,)
    template_name = "analysis/topics/decide.html"
    intro = ""
    action = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The view's own answer, or the way back if it is decided already."""
        self.topic = Topic.objects.filter(pk=kwargs["pk"], status=TopicStatus.NEW).first()
        if self.topic is None and may(request.user, Capability.DECIDE_TOPICS):
            messages.info(request, TOO_LATE)
            return redirect(HOME)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The topic and what the button does."""
        assert self.topic is not None  # noqa: S101 - dispatch turned everybody else away; for the type checker
        said = {"intro": self.intro, "action": self.action, **self.described(self.topic)}
        return {**super().get_context_data(**kwargs), **said}


class Promote(Decision):
    """Makes a topic a theme in the draft of the codebook."""

    form_class = PromoteForm
    page_title = "Make it a theme"
    intro = (
        "The theme goes into the draft of the next codebook, with those words of the topic as cues that ten "
        "contributions or more say. Nothing is tagged with it before the draft is published."
    )
    action = "Add to the draft"

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the draft, or the codebook in use, from which the choices come."""
        draft = CodebookDraft.objects.first()
        documents = from_text(draft.documents) if draft else current_documents()
        return {**super().get_form_kwargs(), "documents": documents}

    def form_valid(self, form: PromoteForm) -> HttpResponse:
        """Add the theme and go on to its form, or say why not."""
        assert self.topic is not None  # noqa: S101 - as above
        try:
            topic_decisions.promote(self.topic, form.cleaned_data, by=self.user)
        except CodebookInvalid as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        except ChangedMeanwhile:
            form.add_error(None, "Somebody is changing the draft at this moment. Nothing was kept: save again.")
            return self.form_invalid(form)
        except topic_decisions.AlreadyDecided:
            messages.info(self.request, TOO_LATE)
            return redirect(HOME)
        messages.success(self.request, "The theme is in the draft. Say here what belongs to it.")
        return redirect("analysis_codebook_theme", form.cleaned_data["slug"])


class Merge(Decision):
    """Merges a topic into another."""

    form_class = MergeTopicForm
    page_title = "Merge it into another topic"
    intro = "Its statements and words go to the other topic. This cannot be undone, but a new look finds topics afresh."
    action = "Merge"

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the other topics of the run, named by number and words."""
        assert self.topic is not None  # noqa: S101 - as above
        others = Topic.objects.filter(run=self.topic.run_id, status=TopicStatus.NEW).exclude(pk=self.topic.pk)
        described = [self.described(other) for other in others]
        offered = [(str(one["topic"].pk), f"{one['topic']}: {', '.join(one['words'][:5])}") for one in described]
        return {**super().get_form_kwargs(), "offered": offered}

    def form_valid(self, form: MergeTopicForm) -> HttpResponse:
        """Merge them, or say that it is too late."""
        assert self.topic is not None  # noqa: S101 - as above
        into = get_object_or_404(Topic, pk=form.cleaned_data["into"])
        try:
            topic_decisions.merge(self.topic, into, by=self.user)
        except topic_decisions.AlreadyDecided:
            messages.info(self.request, TOO_LATE)
            return redirect(HOME)
        messages.success(self.request, f"{self.topic} is now part of {into}.")
        return redirect("analysis_topic", into.pk)


class Dismiss(TopicScreen, View):
    """Dismisses a topic."""

    capabilities = (Capability.DECIDE_TOPICS,)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Dismiss it, or say that it is too late."""
        topic = get_object_or_404(Topic, pk=pk)
        try:
            topic_decisions.dismiss(topic, by=self.user)
            messages.success(request, f"{topic} is dismissed. It stays in the list of decisions.")
        except topic_decisions.AlreadyDecided:
            messages.info(request, TOO_LATE)
        return redirect(HOME)
