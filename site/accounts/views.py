"""Signing out, what a person's roles let them do, and how long their session lasts."""

from allauth.account.stages import LoginStage
from allauth.account.views import LoginView
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts import sessions
from accounts.models import Role, User
from accounts.roles import MAY


class SignIn(LoginView):
    """The one way in for staff and Commission members."""

    template_name = "accounts/sign_in.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:  # noqa: ARG002
        # Whoever comes back here from the second step wants to begin again, perhaps as somebody else.
        request.session.flush()


class SignOut(LogoutView):
    """Ends the session; reached by a button, never a link."""


def start(request: HttpRequest) -> HttpResponse:
    """What this person may do, with a link to each."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the guard; for the type checker
    roles = [Role(role) for role in user.grants.values_list("role", flat=True)]
    capabilities = {capability.name for role in roles for capability in MAY[role]}
    limits = {"idle_minutes": sessions.idle_limit(user) / 60, "hours": sessions.longest(user) / 3600}
    return render(request, "accounts/start.html", {"roles": roles, "capabilities": capabilities, **limits})


def time_left(request: HttpRequest) -> JsonResponse:
    """In how many seconds an unused session ends, and in how many in any case; asking keeps no session alive."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the guard; for the type checker
    unused, at_most = sessions.seconds_left(request.session, user)
    return JsonResponse({"unused": unused, "at_most": at_most})


def stay(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the guard has marked the session as used
    """Somebody who was warned is still here."""
    return JsonResponse({})
