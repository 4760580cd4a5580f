"""The administrator's view of rows; people use the site itself."""

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from documents.errors import LastOwner
from documents.forms import refusal
from documents.models import Collection, Document, Event, Membership, OcrRun, Role


class _MembersFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The site keeps an owner for each collection, and so does this page."""

    def clean(self) -> None:
        kept = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        if all(form.cleaned_data.get("role") != Role.OWNER for form in kept):
            raise refusal(LastOwner())


class _MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    formset = _MembersFormSet
    extra = 0


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "personal_of", "created_at")
    search_fields = ("name",)
    inlines = (_MembershipInline,)


class _ReadOnly:
    """Documents and runs change through the site only, so that their counts and files stay true."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Document)
class DocumentAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "collection", "state", "page_count", "pages_done", "created_at")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(OcrRun)
class OcrRunAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("document", "state", "engine", "pages_total", "pages_done", "pages_failed", "created_at")
    list_filter = ("state",)


@admin.register(Event)
class EventAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The audit trail; ``/events/`` tells the same in sentences."""

    list_display = ("at", "user_name", "action", "title", "details")
    list_filter = ("action",)
    search_fields = ("user_name", "title")
