"""Which documents are meant, and what each kind of bulk action has to be told."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.errors import OcrsiteError
from documents.forms import LanguagesField, refusal
from documents.forms.organising import AnyText
from documents.models import BulkAction
from documents.ocr.formats import FORMATS
from documents.search.query import LONGEST
from documents.selectors.membership import editable_collections
from documents.services import names
from documents.services.bulk import Selection
from documents.services.bulk.pack import ORIGINAL
from documents.services.tags import LONGEST_TAG

Kind = BulkAction.Kind
_LABELS = {"txt": _("Text"), "json": _("Words and boxes (JSON)"), ORIGINAL: _("Original file")}


def selection(sent: QueryDict) -> Selection:
    """``document`` again and again, or ``all`` of what ``q`` finds with ``forgive`` 0 or 1."""
    if sent.get("all"):
        query = names.one_line(sent.get("q", ""))[:LONGEST]
        return Selection(query=query, is_forgiving=sent.get("forgive") != "0")
    return Selection(ids=tuple(filter(None, map(_uuid, sent.getlist("document")))))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class AskForm(forms.Form):
    """Nothing is to be told; a person is asked whether they mean it."""

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:  # noqa: ARG002 — others ask
        super().__init__(data)

    def params(self) -> dict[str, object]:
        """Of ``services.bulk.start``."""
        return {}


class MoveForm(AskForm):
    collection = forms.TypedChoiceField(label=_("Collection"), coerce=int)

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data, user=user)
        self._names = {one.pk: one.name for one in editable_collections(user)}
        self.fields["collection"].choices = list(self._names.items())  # type: ignore[attr-defined]

    def params(self) -> dict[str, object]:
        chosen = self.cleaned_data["collection"]
        return {"collection": chosen, "name": self._names[chosen]}


class TagForm(AskForm):
    tag = AnyText(label=_("Tag"), longest=LONGEST_TAG, widget=forms.TextInput(attrs={"list": "offered-tags"}))

    def clean_tag(self) -> str:
        try:
            return names.tag_name(self.cleaned_data["tag"], longest=LONGEST_TAG)
        except OcrsiteError as error:
            raise refusal(error) from error

    def params(self) -> dict[str, object]:
        return {"tag": self.cleaned_data["tag"]}


class ReadForm(AskForm):
    languages = LanguagesField(required=False)

    def params(self) -> dict[str, object]:
        return {"languages": list(self.cleaned_data["languages"])}


class ZipForm(AskForm):
    formats = forms.MultipleChoiceField(
        label=_("What to download"),
        choices=[(name, _LABELS.get(name, name.upper())) for name in (*FORMATS, ORIGINAL)],
        widget=forms.CheckboxSelectMultiple,
        initial=["txt"],
    )

    def params(self) -> dict[str, object]:
        return {"formats": self.cleaned_data["formats"]}


FORMS: dict[Kind, type[AskForm]] = {
    Kind.MOVE: MoveForm,
    Kind.TAG: TagForm,
    Kind.UNTAG: TagForm,
    Kind.READ: ReadForm,
    Kind.ZIP: ZipForm,
    Kind.DELETE: AskForm,
}
"""Of the kinds that ask something before they begin; the others begin at once."""
