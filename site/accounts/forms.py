"""The forms of signing in, with labels and messages that say what to do."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm

from accounts import attempts, one_time
from accounts.models import Role, User


def say(field: forms.Field, label: str, *, missing: str, hint: str = "") -> None:
    """Put our words on a field of allauth's."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        say(self.fields["login"], "User name", missing="Enter your user name.")
        say(self.fields["password"], "Password", missing="Enter your password.")


class OneTimeCode(BaseAuthenticateForm):
    """A code from an app, or a recovery code: tried slowly, taken once."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        hint = "The six digits your app shows now, or one of your recovery codes."
        say(self.fields["code"], "Code", missing="Enter a code.", hint=hint)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """The code, if it is right and new."""
        attempts.before_code(context.request, self.user)
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not one_time.claim(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        attempts.code_was_right(context.request, self.user)
        return code


class CodeForm(OneTimeCode, AuthenticateForm):
    """The second step of signing in."""


class AgainForm(OneTimeCode, ReauthenticateForm):
    """Before something about one's own account changes."""


class AddAppForm(ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        say(
            self.fields["code"],
            "Code",
            missing="Enter the code your app shows.",
            hint="The six digits your app shows now.",
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """The code, if it is right."""
        attempts.before_code(context.request, self.user)
        code: str = super().clean_code()
        attempts.code_was_right(context.request, self.user)
        return code


class AddKeyForm(AddWebAuthnForm):
    """A name for a new key, and whether it may stand alone."""

    passwordless = forms.BooleanField(
        label="Sign in with this key alone, as a passkey",
        required=False,
        initial=True,
        help_text="Your phone, computer or key then asks for a PIN, a finger or your face. Not for old keys.",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        hint = "So that you know it again, such as “blue key” or “work phone”."
        say(self.fields["name"], "Name of the key", missing="", hint=hint)
        self.fields["name"].max_length = 60


class NewPasswordForm(SetPasswordForm):
    """A first password, typed twice."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        hint = "At least 12 characters. Three or four words that do not belong together are good."
        say(self.fields["new_password1"], "New password", missing="Enter a password.", hint=hint)
        say(self.fields["new_password2"], "New password again", missing="Enter the password again.")


class RolesForm(forms.Form):
    """Which roles somebody holds."""

    roles_held = forms.MultipleChoiceField(
        label="Roles", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.initial["roles_held"] = self.initial.pop("roles", [])

    def roles(self) -> set[Role]:
        """Those ticked."""
        return {Role(name) for name in self.cleaned_data["roles_held"]}


class InviteForm(forms.ModelForm):
    """Who is invited, and what they will do."""

    roles_held = forms.MultipleChoiceField(
        label="Roles",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role: without one there is nothing to open."},
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username")
        labels = {"first_name": "First name", "last_name": "Last name", "username": "User name"}
        help_texts = {"username": "What they type to sign in, such as s.khan."}
        error_messages = {
            "username": {"required": "Enter a user name.", "unique": "Somebody has this user name. Choose another."}
        }

    def roles(self) -> set[Role]:
        """Those ticked."""
        return {Role(name) for name in self.cleaned_data["roles_held"]}
