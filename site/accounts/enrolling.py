"""Enrolling a second factor: forced at the first sign-in, open to everybody signed in afterwards."""

from http import HTTPStatus
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import devices, joining, one_time, sessions
from accounts.adapters import AccountAdapter
from accounts.forms import NewPasswordForm
from accounts.guard import has_factor
from accounts.models import User


def enrol(request: HttpRequest) -> HttpResponse:
    """Choose a first second factor; whoever has one is led on."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the guard; for the type checker
    return redirect("mfa_index") if has_factor(user) else render(request, "accounts/enrol.html")


class AddApp(ActivateTOTPView):
    """An authenticator app, by picture or by typing its secret; proved with a first code."""

    template_name = "accounts/factors/add_app.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """The session is whole from here on."""
        response = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        one_time.claim(app, form.cleaned_data["code"])
        return enrolled(self.request, response, Authenticator.Type.TOTP)


class AddKey(AddWebAuthnView):
    """A security key or a passkey."""

    template_name = "accounts/factors/add_key.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """The session is whole from here on."""
        return enrolled(self.request, super().form_valid(form), Authenticator.Type.WEBAUTHN)


def enrolled(request: HttpRequest, response: HttpResponse, factor: str) -> HttpResponse:
    """The same answer; the session is whole and this browser known from here on."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the guard; for the type checker
    request.session.cycle_key()
    sessions.strengthen(request.session, factor)
    devices.remember(request, response, user)
    return response


class RemoveKey(RemoveWebAuthnView):
    """Removes a key, unless it is the only second factor."""

    template_name = "accounts/factors/remove_key.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Whether it is the last, beside what allauth gives."""
        return {**super().get_context_data(**given), "is_last": not get_adapter().can_delete_authenticator(self.object)}

    def form_valid(self, form: Form) -> HttpResponse:
        """Remove it, or say again why not."""
        if not get_adapter().can_delete_authenticator(self.object):
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)


def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Where a one-time link leads: set a password, then a second factor. Looking at it uses nothing up."""
    link = joining.find(secret)
    if link is None:
        return render(request, "accounts/link_gone.html", status=HTTPStatus.GONE)
    form = NewPasswordForm(link.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/invitation.html", {"form": form, "person": link.user})
    try:
        person = joining.accept(secret, form.cleaned_data["new_password1"])
    except joining.NotPossible:
        return render(request, "accounts/link_gone.html", status=HTTPStatus.GONE)
    AccountAdapter(request).login(request, person)
    return redirect("accounts:enrol")
