"""Every address is staff unless it is listed as public, and every staff address demands a session with a second factor.

The lists hold names of views, so that a new address is closed until somebody opens it on purpose.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import is_valid_path

from accounts import sessions
from accounts.models import User
from accounts.sessions import Standing

# Where somebody without a session may be: they are signing in.
SIGNING_IN = frozenset({"account_login", "mfa_authenticate", "mfa_login_webauthn", "accounts:invitation"})
# Where somebody may be who has given a password and has no second factor yet.
ENROLLING = frozenset({"accounts:enrol", "mfa_activate_totp", "mfa_add_webauthn", "accounts:sign-out"})
# Asked by a script, not by the person: it keeps no session alive.
NOT_A_SIGN_OF_LIFE = frozenset({"accounts:time-left"})
MAIN_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Guard:
    """Middleware, after Django's own of sessions and sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before the address is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],  # noqa: ARG002 - the signature of a middleware
        args: tuple[Any, ...],  # noqa: ARG002
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponseBase | None:
        """Nothing where the person may go on; otherwise the way to what is missing.

        Raises:
            Http404: if the address is closed and this process signs nobody in.
        """
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in settings.HEARD_PUBLIC_VIEWS or name in SIGNING_IN:
            return None
        user = request.user
        if not isinstance(user, User):
            return to_sign_in(request)
        standing = sessions.standing(request.session, user)
        if standing is Standing.WHOLE:
            if name not in NOT_A_SIGN_OF_LIFE:
                sessions.mark_used(request.session)
            return None
        if standing is Standing.PASSWORD_ONLY and not has_factor(user):
            return None if name in ENROLLING else redirect("accounts:enrol")
        return sign_in_again(request, standing)


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The way to the sign-in page.

    Raises:
        Http404: if this process signs nobody in, as the public one where processes run apart.
    """
    if not is_valid_path(settings.LOGIN_URL):
        raise Http404("Nobody signs in here.")
    return redirect_to_login(request.get_full_path())


def has_factor(user: User) -> bool:
    """Whether this person has enrolled a second factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=MAIN_FACTORS).exists()


def sign_in_again(request: HttpRequest, standing: Standing) -> HttpResponseBase:
    """End the session and say why on the page that begins the next."""
    wanted = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
    logout(request)
    response = redirect_to_login(wanted)
    if standing in {Standing.IDLE, Standing.OVER}:
        response["Location"] += f"&ended={standing.name.lower()}"
    return response
