"""The administrator's view of people: where accounts are added while sign-up is closed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import services
from accounts.models import User
from documents.errors import InputError
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

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who became the only owner since the page was asked for is told so."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except InputError as error:
            return self._refused(request, error)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The same of several. The log, too, says nothing of what was not done."""
        if request.method != "POST":  # to look at the list must not wait for who writes
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except InputError as error:
            return self._refused(request, error)

    def _refused(self, request: HttpRequest, error: InputError) -> HttpResponse:
        self.message_user(request, explain_error(error), messages.ERROR)
        return redirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: User) -> None:  # noqa: ARG002
        services.delete_accounts(users=[obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:  # noqa: ARG002
        services.delete_accounts(users=list(queryset))
