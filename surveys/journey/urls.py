"""The journey's one neutral address, and the pictures and films it shows."""

from django.urls import path

from surveys.journey import files, views

app_name = "journey"
urlpatterns = [path("", views.form, name="form"), path("files/<str:name>", files.file, name="file")]
