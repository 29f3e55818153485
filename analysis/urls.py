"""Where members read frozen reports."""

from django.urls import path

from analysis import views

app_name = "analysis"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.new_release, name="new-release"),
    path("<uuid:release_id>/", views.report, name="report"),
    path("<uuid:release_id>/figures.csv", views.figures_csv, name="figures-csv"),
]
