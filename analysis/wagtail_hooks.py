"""Puts the evidence, coding and codebook screens into the Wagtail admin."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.roles import Capability
from analysis.staff import codebook, codebook_changes, coding, learning, runs, search, topics
from analysis.staff.evidence import Evidence
from feedback.staff.access import RoleMenuItem


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def evidence_address() -> list[URLPattern]:
    """Published and reviewed evidence by theme."""
    return [path("evidence/", Evidence.as_view(), name="analysis_evidence")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def evidence_menu_item() -> MenuItem:
    """The evidence screen, for those who may read reviewed words."""
    where = reverse("analysis_evidence")
    return RoleMenuItem("Evidence", where, capability=Capability.READ_EVIDENCE, icon_name="openquote", order=40)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def codebook_addresses() -> list[URLPattern]:
    """The codebook in use, the draft of the next, and what may be done to it."""
    return [
        path("codebook/", codebook.Themes.as_view(), name="analysis_codebook"),
        path("codebook/begin/", codebook.Begin.as_view(), name="analysis_codebook_begin"),
        path("codebook/discard/", codebook.Discard.as_view(), name="analysis_codebook_discard"),
        path("codebook/theme/", codebook_changes.EditTheme.as_view(), name="analysis_codebook_add"),
        path("codebook/theme/<slug:slug>/", codebook_changes.EditTheme.as_view(), name="analysis_codebook_theme"),
        path("codebook/merge/", codebook_changes.Merge.as_view(), name="analysis_codebook_merge"),
        path("codebook/split/", codebook_changes.Split.as_view(), name="analysis_codebook_split"),
        path("codebook/compare/", codebook.Compare.as_view(), name="analysis_codebook_compare"),
        path("codebook/import/", codebook.Import.as_view(), name="analysis_codebook_import"),
        path("codebook/export/<slug:which>/", codebook.Export.as_view(), name="analysis_codebook_export"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def codebook_menu_item() -> MenuItem:
    """The codebook."""
    where = reverse("analysis_codebook")
    edit, publish = Capability.EDIT_CODEBOOK, Capability.PUBLISH_CODEBOOK
    return RoleMenuItem("Codebook", where, capability=edit, or_else=publish, icon_name="list-ul", order=45)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def coding_addresses() -> list[URLPattern]:
    """Coding one statement after another, and settling what two people found differently."""
    statement = "<uuid:pk>/<int:start>/"
    return [
        path("coding/", coding.Start.as_view(), name="analysis_coding"),
        path("coding/next/", coding.Next.as_view(), name="analysis_coding_next"),
        path("coding/break/", coding.Break.as_view(), name="analysis_coding_break"),
        path("coding/differences/", coding.Differences.as_view(), name="analysis_coding_differences"),
        path(f"coding/differences/{statement}", coding.Settle.as_view(), name="analysis_coding_settle"),
        path("coding/<uuid:pk>/take-back/", coding.TakeBack.as_view(), name="analysis_coding_take_back"),
        path(f"coding/{statement}", coding.CodeItem.as_view(), name="analysis_coding_item"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def coding_menu_item() -> MenuItem:
    """Coding, for those who may."""
    return RoleMenuItem("Coding", reverse("analysis_coding"), capability=Capability.CODE, icon_name="tag", order=42)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def topics_addresses() -> list[URLPattern]:
    """Topics the codebook does not know, and what is decided about them."""
    return [
        path("topics/", topics.Topics.as_view(), name="analysis_topics"),
        path("topics/look/", topics.Look.as_view(), name="analysis_topics_look"),
        path("topics/alert/<uuid:pk>/", topics.Alert.as_view(), name="analysis_topic_alert"),
        path("topics/<uuid:pk>/", topics.OneTopic.as_view(), name="analysis_topic"),
        path("topics/<uuid:pk>/promote/", topics.Promote.as_view(), name="analysis_topic_promote"),
        path("topics/<uuid:pk>/merge/", topics.Merge.as_view(), name="analysis_topic_merge"),
        path("topics/<uuid:pk>/dismiss/", topics.Dismiss.as_view(), name="analysis_topic_dismiss"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def topics_menu_item() -> MenuItem:
    """Emerging topics, for those who may read reviewed words."""
    where = reverse("analysis_topics")
    return RoleMenuItem("Topics", where, capability=Capability.READ_EVIDENCE, icon_name="glasses", order=43)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def learning_addresses() -> list[URLPattern]:
    """What models learned from people, and the way back."""
    return [
        path("learning/", learning.LearningScreen.as_view(), name="analysis_learning"),
        path("learning/learn/", learning.Learn.as_view(), name="analysis_learning_learn"),
        path("learning/go-back/", learning.GoBack.as_view(), name="analysis_learning_go_back"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def learning_menu_item() -> MenuItem:
    """Learning from people, for those who may."""
    where = reverse("analysis_learning")
    return RoleMenuItem("Learning", where, capability=Capability.TEACH, icon_name="history", order=44)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def search_addresses() -> list[URLPattern]:
    """Searching reviewed passages for a reason."""
    return [
        path("passages/", search.Ask.as_view(), name="analysis_search"),
        path("passages/<uuid:pk>/", search.Results.as_view(), name="analysis_search_results"),
        path("passages/<uuid:pk>/like/<uuid:passage>/", search.MoreLike.as_view(), name="analysis_search_like"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def search_menu_item() -> MenuItem:
    """The search, for analysts."""
    where = reverse("analysis_search")
    return RoleMenuItem("Search passages", where, capability=Capability.SEARCH, icon_name="search", order=41)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def runs_address() -> list[URLPattern]:
    """What the worker has read."""
    return [path("runs/", runs.Runs.as_view(), name="analysis_runs")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def runs_menu_item() -> MenuItem:
    """Runs, for those who may read reviewed words."""
    return RoleMenuItem(
        "Runs", reverse("analysis_runs"), capability=Capability.READ_EVIDENCE, icon_name="cogs", order=45
    )
