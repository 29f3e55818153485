"""The sign-in form, with messages that say what to do."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": "That user name and password do not belong together. Check both and try again.",
        "inactive": "This account has been switched off. Ask an administrator.",
    }

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["username"].label = "User name"
        self.fields["username"].error_messages["required"] = "Enter your user name."
        self.fields["password"].error_messages["required"] = "Enter your password."
