"""The journey's one neutral address."""

from django.urls import path

from surveys.journey import views

app_name = "journey"
urlpatterns = [path("", views.form, name="form")]
