"""Sign in, sign out, and one page that shows a person what their roles let them do."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.forms import SignInForm
from accounts.models import Role, User
from accounts.roles import MAY


class SignIn(LoginView):
    """The one way in for staff and Commission members."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the session; reached by a button, never a link."""


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What this person may do, with a link to each."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - login_required; for the type checker
    roles = [Role(role) for role in user.grants.values_list("role", flat=True)]
    capabilities = {capability.name for role in roles for capability in MAY[role]}
    return render(request, "accounts/start.html", {"roles": roles, "capabilities": capabilities})
