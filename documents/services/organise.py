"""Where documents belong."""

from django.db import transaction

from accounts.models import User
from documents.models import Collection, Membership, Role


def personal_collection(*, user: User) -> Collection:
    """The collection that a person's uploads go to; made when it is first needed."""
    with transaction.atomic():
        collection, _created = Collection.objects.get_or_create(
            personal_of=user, defaults={"name": user.get_username()}
        )
        Membership.objects.get_or_create(collection=collection, user=user, defaults={"role": Role.OWNER})
    return collection
