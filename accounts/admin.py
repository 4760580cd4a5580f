"""The administrator's view of people: where accounts are added while sign-up is closed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import services
from accounts.models import User
from documents.services.members import obstacles
from documents.words import explain_error


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Nobody is deleted who leaves documents without anybody who may change their members."""

    def get_deleted_objects(
        self, objs: Sequence[User] | QuerySet[User], request: HttpRequest
    ) -> tuple[Any, ...]:
        """What Django shows and asks before it deletes; in the place of what is protected, why not."""
        if errors := obstacles(list(objs)):
            return [], {}, set(), [explain_error(error) for error in errors]
        found: tuple[Any, ...] = super().get_deleted_objects(objs, request)
        return found

    def delete_model(self, request: HttpRequest, obj: User) -> None:  # noqa: ARG002
        services.delete_accounts(users=[obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:  # noqa: ARG002
        services.delete_accounts(users=list(queryset))
