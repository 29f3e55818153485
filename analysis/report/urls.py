"""Where members read frozen reports."""

from django.urls import path

from analysis.quality.views import quality_page
from analysis.report import views
from analysis.search.views import searches

app_name = "analysis"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("quality/", quality_page, name="quality"),
    path("searches/", searches, name="searches"),
    path("new/", views.new_release, name="new-release"),
    path("<uuid:release_id>/", views.report, name="report"),
    path("<uuid:release_id>/figures.csv", views.figures_csv, name="figures-csv"),
]
