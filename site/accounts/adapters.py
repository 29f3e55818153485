"""How allauth behaves here: nobody signs up, nothing is mailed, no address or browser is known, secrets are locked."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from nacl.encoding import URLSafeBase64Encoder
from nacl.secret import SecretBox

from accounts import attempts, devices, sessions
from accounts.guard import MAIN_FACTORS
from accounts.keyed import keyed
from accounts.models import User

KEY = Authenticator.Type.WEBAUTHN


class AccountAdapter(DefaultAccountAdapter):
    """Signing in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": ("That user name and password do not belong together. Check both and try again."),
        "incorrect_password": "That is not your password. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: people are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Nothing: allauth has no use for an address that we could answer for."""
        return ""

    def get_http_user_agent(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Nothing."""
        return ""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent: the pages say what happened."""

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong is said beside what the page says itself."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow whoever guesses."""
        attempts.before_password(request, credentials.get("username", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who this is, if the password is right."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            attempts.password_was_right(request, credentials.get("username", ""))
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session, with the second factor that was given on the way here, if one was."""
        super().login(request, user)
        given = [record for record in get_authentication_records(request, user) if record.get("method") == "mfa"]
        sessions.begin(request.session, factor=given[-1]["type"] if given else "")

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        """On to the work; a browser in which a second factor was given is known from here on."""
        response: HttpResponse = super().post_login(request, user, **hooks)
        if request.session.get(sessions.FACTOR):
            devices.remember(request, response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:  # noqa: ARG002
        """Back to the start: a switched-off account looks like a wrong password."""
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Not while somebody enrols their first factor, nor just after giving one."""
        session = context.request.session
        return bool(session.get(sessions.FACTOR)) and not sessions.is_fresh(session)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """A second factor; a password alone never changes factors. The first is offered, the others beside it."""
        held = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        code, key = reverse("mfa_reauthenticate"), reverse("mfa_reauthenticate_webauthn")
        methods = [{"id": "code", "description": "Use a code", "url": code}] if held - {KEY} else []
        return [*methods, {"id": "key", "description": "Use a key", "url": key}] if KEY in held else methods


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or was used before. Wait for the next one and type it in.",
        "cannot_delete_authenticator": "This is your only second factor. Add another one first.",
    }

    def get_totp_issuer(self) -> str:
        """The name an authenticator app shows."""
        return settings.WAGTAIL_SITE_NAME

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        """Locked with a key that is not in the database."""
        return locker().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` locked.

        Raises:
            nacl.exceptions.CryptoError: if it was locked with another key.
        """
        return locker().decrypt(encrypted_text.encode(), encoder=URLSafeBase64Encoder).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """What a key is called until its owner says otherwise."""
        return f"Key {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one: every member of staff has a second factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()


def locker() -> SecretBox:
    """What locks the secrets of second factors."""
    return SecretBox(keyed("lock"))
