"""The addresses of analysis's own screens in the admin, below `admin/`."""

from django.urls import URLPattern, path

from analysis.staff import codebook, codebook_changes, coding, learning, runs, search, topics
from analysis.staff.evidence import Evidence

STATEMENT = "<uuid:pk>/<int:start>/"

urlpatterns: list[URLPattern] = [
    # Published and reviewed evidence by theme.
    path("evidence/", Evidence.as_view(), name="analysis_evidence"),
    # The codebook in use, the draft of the next, and what may be done to it.
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
    # Coding one statement after another, and settling what two people found differently.
    path("coding/", coding.Start.as_view(), name="analysis_coding"),
    path("coding/next/", coding.Next.as_view(), name="analysis_coding_next"),
    path("coding/break/", coding.Break.as_view(), name="analysis_coding_break"),
    path("coding/differences/", coding.Differences.as_view(), name="analysis_coding_differences"),
    path(f"coding/differences/{STATEMENT}", coding.Settle.as_view(), name="analysis_coding_settle"),
    path("coding/<uuid:pk>/take-back/", coding.TakeBack.as_view(), name="analysis_coding_take_back"),
    path(f"coding/{STATEMENT}", coding.CodeItem.as_view(), name="analysis_coding_item"),
    # Topics the codebook does not know, and what is decided about them.
    path("topics/", topics.Topics.as_view(), name="analysis_topics"),
    path("topics/look/", topics.Look.as_view(), name="analysis_topics_look"),
    path("topics/alert/<uuid:pk>/", topics.Alert.as_view(), name="analysis_topic_alert"),
    path("topics/<uuid:pk>/", topics.OneTopic.as_view(), name="analysis_topic"),
    path("topics/<uuid:pk>/promote/", topics.Promote.as_view(), name="analysis_topic_promote"),
    path("topics/<uuid:pk>/merge/", topics.Merge.as_view(), name="analysis_topic_merge"),
    path("topics/<uuid:pk>/dismiss/", topics.Dismiss.as_view(), name="analysis_topic_dismiss"),
    # What models learned from people, and the way back.
    path("learning/", learning.LearningScreen.as_view(), name="analysis_learning"),
    path("learning/learn/", learning.Learn.as_view(), name="analysis_learning_learn"),
    path("learning/go-back/", learning.GoBack.as_view(), name="analysis_learning_go_back"),
    # Searching reviewed passages for a reason.
    path("passages/", search.Ask.as_view(), name="analysis_search"),
    path("passages/<uuid:pk>/", search.Results.as_view(), name="analysis_search_results"),
    path("passages/<uuid:pk>/like/<uuid:passage>/", search.MoreLike.as_view(), name="analysis_search_like"),
    # What the worker has read.
    path("runs/", runs.Runs.as_view(), name="analysis_runs"),
]
