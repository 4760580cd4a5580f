"""What people send to put the archive in order. What a name may be, the services say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.models import Document, Role, Tag
from documents.selectors.membership import choices_among, editable_collections
from documents.services.collections import LONGEST_NAME
from documents.services.notes import LONGEST_NOTE
from documents.services.organise import LONGEST_TITLE, plausible_days
from documents.services.tags import LONGEST_TAG


class AnyText(forms.Field):
    """Any text, NUL and spaces included, which a CharField refuses or changes."""

    widget = forms.TextInput

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs.update(maxlength=longest, autocomplete="off")

    def to_python(self, value: str | None) -> str:
        return value or ""


class DocumentForm(forms.Form):
    """Title, date and place; ``changed_data`` is what the person changed since they opened the form."""

    title = AnyText(label=_("Title"), longest=LONGEST_TITLE, show_hidden_initial=True)
    dated_on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        show_hidden_initial=True,
    )
    collection = forms.TypedChoiceField(label=_("Collection"), coerce=int, show_hidden_initial=True)

    def __init__(self, data: Any, *, document: Document, user: User) -> None:
        initial = {
            "title": document.title,
            "dated_on": document.dated_on,
            "collection": document.collection_id,
        }
        super().__init__(data, initial=initial)
        first, last = plausible_days()
        self.fields["dated_on"].widget.attrs.update(min=first.isoformat(), max=last.isoformat())
        places = editable_collections(user)
        self.collections = {place.pk: place for place in places}
        self.fields["collection"].choices = choices_among(user, places)  # type: ignore[attr-defined]


class CollectionForm(forms.Form):
    name = AnyText(label=_("Name"), longest=LONGEST_NAME)


class InvitationForm(forms.Form):
    name = AnyText(label=_("User name"), longest=150)
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class TagForm(forms.Form):
    """``may_merge`` is the name that somebody insists on; ``insist``: they were told that it is taken."""

    name = AnyText(label=_("Name"), longest=LONGEST_TAG)
    colour = forms.ChoiceField(label=_("Colour"), choices=Tag.Colour, widget=forms.RadioSelect)
    may_merge = AnyText(longest=LONGEST_TAG)
    insist = False


class NoteForm(forms.Form):
    text = AnyText(
        label=_("Note"), longest=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
