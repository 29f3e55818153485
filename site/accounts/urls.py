"""Staff addresses: where each role starts, a first second factor, signing out."""

from django.urls import path

from accounts import enrolling, views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("enrol/", enrolling.enrol, name="enrol"),
    path("time-left/", views.time_left, name="time-left"),
    path("stay/", views.stay, name="stay"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
]
