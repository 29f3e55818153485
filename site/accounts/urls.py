"""Staff addresses: where each role starts, a first second factor, signing out."""

from django.urls import path, re_path

from accounts import enrolling, people, views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("enrol/", enrolling.enrol, name="enrol"),
    path("time-left/", views.time_left, name="time-left"),
    path("stay/", views.stay, name="stay"),
    path("invitation/<str:secret>/", enrolling.invitation, name="invitation"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<uuid:user_id>/", people.person, name="person"),
    path("people/<uuid:user_id>/roles/", people.roles, name="person-roles"),
    re_path(
        r"^people/(?P<user_id>[0-9a-f-]{36})/(?P<what>invite-again|report-lost|confirm-lost|leave)/$",
        people.act,
        name="person-act",
    ),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
]
