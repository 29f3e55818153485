"""Fictional members of staff."""

import factory
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import sessions
from accounts.grants import grant
from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A member of staff without a role; `UserFactory(roles=[Role.MODERATOR])` grants some."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"member-{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    is_active = True

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            grant(self, role, granted_by=None)


def sign_in(client: Client, user: User, *, factor: str = Authenticator.Type.TOTP) -> None:
    """A whole session, as after a password and a second factor; without a factor, as after a password alone."""
    client.force_login(user)
    session = client.session
    sessions.begin(session, factor=factor)
    session.save()
