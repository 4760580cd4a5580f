"""Which documents are meant, and what each kind of bulk action has to be told."""

from dataclasses import asdict
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.errors import OcrsiteError
from documents.forms import ReadingForm, refusal
from documents.forms.organising import AnyText
from documents.models import BulkAction
from documents.ocr.formats import FORMATS
from documents.selectors.membership import choices_among, editable_collections
from documents.services.bulk import Selection
from documents.services.bulk.titles import KEEP, Renaming
from documents.services.bulk.zips import ORIGINAL, PDF
from documents.services.organise import LONGEST_TITLE
from documents.services.tags import LONGEST_TAG, clean_names

Kind = BulkAction.Kind
_LONGEST_TAGS = 10 * LONGEST_TAG
_LABELS = {
    PDF: _("PDF with text"),
    "txt": _("Text"),
    "docx": _("Word document (DOCX)"),
    "json": _("Words and boxes (JSON)"),
    "xlsx": _("Tables (Excel)"),
    "tables": _("Tables (CSV)"),
    "csv": _("List of words (CSV)"),
    "hocr": "hOCR",
    "alto": "ALTO XML",
    "page": "PAGE XML",
    ORIGINAL: _("Original file"),
}
"""Of what a download may hold, in this order."""


def selection(sent: QueryDict) -> Selection:
    """``document`` again and again, or ``all`` of what ``q`` finds with ``forgive`` 0 or 1."""
    if sent.get("all"):
        return Selection.by_question(sent.get("q", ""), is_forgiving=sent.get("forgive") != "0")
    return Selection(ids=uuids(sent, "document"))


def uuids(sent: QueryDict, field: str) -> tuple[UUID, ...]:
    """Those among the values of ``field``."""
    return tuple(filter(None, map(_uuid, sent.getlist(field))))


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
        places = editable_collections(user)
        self._names = {one.pk: one.name for one in places}
        self.fields["collection"].choices = choices_among(user, places)  # type: ignore[attr-defined]

    def params(self) -> dict[str, object]:
        chosen = self.cleaned_data["collection"]
        return {"collection": chosen, "name": self._names[chosen]}


class TagForm(AskForm):
    """``tag`` is one name, or several with commas between them."""

    tag = AnyText(
        label=_("Tag"),
        longest=_LONGEST_TAGS,
        widget=forms.TextInput(attrs={"list": "offered-tags", "autofocus": True}),
        help_text=_("Several with commas between them."),
    )

    def clean_tag(self) -> list[str]:
        try:
            return clean_names(self.cleaned_data["tag"])
        except OcrsiteError as error:
            raise refusal(error) from error

    def params(self) -> dict[str, object]:
        return {"tags": self.cleaned_data["tag"]}


class RenameForm(AskForm):
    """``renaming`` is what was asked for, once the form is valid."""

    pattern = AnyText(
        label=_("New title"),
        longest=LONGEST_TITLE,
        initial=KEEP,
        help_text=_("{title} is the old title, {date} the date, such as 2024-03-31, {number} counts them."),
    )
    find = AnyText(label=_("Find in the old title"), longest=LONGEST_TITLE)
    replacement = AnyText(label=_("Replace it with"), longest=LONGEST_TITLE)
    first = forms.RegexField(
        r"\A[0-9]{1,9}\Z",
        label=_("First number"),
        initial="1",
        empty_value="1",
        required=False,
        help_text=_("001 gives 001, 002, 003: titles are then sorted as they are numbered."),
        error_messages={"invalid": _("Write a whole number, for example 1 or 001.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "autocomplete": "off"}),
    )
    renaming = Renaming()

    def clean(self) -> None:
        if self.errors:
            return
        self.renaming = Renaming.typed(**self.cleaned_data)
        try:
            self.renaming.check()
        except OcrsiteError as error:
            self.add_error("pattern", refusal(error))

    def params(self) -> dict[str, object]:
        return {"renaming": asdict(self.renaming)}


class ReadForm(ReadingForm, AskForm):
    def params(self) -> dict[str, object]:
        asked = self.cleaned_data
        return {"languages": list(asked["languages"]), "engine": asked["engine"]}


class ZipForm(AskForm):
    formats = forms.MultipleChoiceField(
        label=_("What to download"),
        choices=[(name, label) for name, label in _LABELS.items() if name in {*FORMATS, PDF, ORIGINAL}],
        widget=forms.CheckboxSelectMultiple,
        initial=["txt"],
    )

    def params(self) -> dict[str, object]:
        return {"formats": self.cleaned_data["formats"]}


FORMS: dict[Kind, type[AskForm]] = {
    Kind.MOVE: MoveForm,
    Kind.TAG: TagForm,
    Kind.UNTAG: TagForm,
    Kind.RENAME: RenameForm,
    Kind.READ: ReadForm,
    Kind.ZIP: ZipForm,
    Kind.DELETE: AskForm,
}
"""Of the kinds that ask something before they begin; the others begin at once."""
