"""Signing in and second factors: allauth's views under our addresses and templates. Their names are allauth's own.

Only what is listed here exists: no sign-up, no password by e-mail, no confirmation of e-mail addresses.
"""

from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    ListWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
)
from django.contrib.auth.views import PasswordChangeView
from django.urls import path, reverse_lazy

from accounts import enrolling, views

FACTORS = "accounts/factors/"

change_password = PasswordChangeView.as_view(
    template_name=f"{FACTORS}password.html", success_url=reverse_lazy("mfa_index")
)

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path(
        "second-factor/", AuthenticateView.as_view(template_name="accounts/second_factor.html"), name="mfa_authenticate"
    ),
    path("passkey/", LoginWebAuthnView.as_view(), name="mfa_login_webauthn"),
    path("security/", IndexView.as_view(template_name=f"{FACTORS}index.html"), name="mfa_index"),
    path(
        "security/again/", ReauthenticateView.as_view(template_name=f"{FACTORS}again.html"), name="mfa_reauthenticate"
    ),
    path(
        "security/again/key/",
        ReauthenticateWebAuthnView.as_view(template_name=f"{FACTORS}again_key.html"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("security/app/", enrolling.AddApp.as_view(), name="mfa_activate_totp"),
    path(
        "security/app/remove/",
        DeactivateTOTPView.as_view(template_name=f"{FACTORS}remove_app.html"),
        name="mfa_deactivate_totp",
    ),
    path("security/keys/", ListWebAuthnView.as_view(template_name=f"{FACTORS}keys.html"), name="mfa_list_webauthn"),
    path("security/keys/add/", enrolling.AddKey.as_view(), name="mfa_add_webauthn"),
    path("security/keys/<int:pk>/remove/", enrolling.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path(
        "security/codes/",
        ViewRecoveryCodesView.as_view(template_name=f"{FACTORS}codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "security/codes/new/",
        GenerateRecoveryCodesView.as_view(template_name=f"{FACTORS}new_codes.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("security/password/", change_password, name="account_change_password"),
]
