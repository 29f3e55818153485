"""Fictional members of staff."""

import factory

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
