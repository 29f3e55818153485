"""Staff addresses: sign in, sign out, and where each role starts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
]
