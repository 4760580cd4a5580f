"""``/api/v1/languages`` and ``/api/v1/engines``: what can be read here, and by which programs."""

from collections.abc import Collection
from typing import Annotated

from django.conf import settings
from django.utils.translation import get_language
from ninja import Query, Router

from documents import errors, packs, selectors
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId
from documents.api.openapi import refuses
from documents.api.schemas.engine import (
    EngineList,
    EngineOut,
    KeptLanguages,
    KeptPages,
    LanguageList,
    LanguageOut,
    LanguageSuggestion,
    LanguageSuggestionList,
    MissingLanguage,
    MissingLanguageList,
)
from documents.models import Document
from documents.ocr.languages import PACKS, install_command, named, tags
from documents.packs import EngineState
from documents.selectors.doubts import doubts_of
from documents.services.doubts import keep_languages
from documents.words import by_name, engine_name, explain_error

router = Router(tags=["languages"])

_REFUSED = refuses(errors.EngineUnknown, errors.EngineMissing)

_Engine = Annotated[
    str, Query(description="The engine; else the site's.", examples=["tesseract"], max_length=30)
]
_Meant = Annotated[
    str,
    Query(
        description="Only those that this means: a code, one of ISO 639-1, or a name in English or in the "
        "language of Accept-Language.",
        examples=["Russian"],
        max_length=100,
    ),
]


@router.get(
    "/languages",
    response=LanguageList,
    operation_id="list_languages",
    summary="List the languages",
    openapi_extra=_REFUSED,
)
def list_languages(
    request: ApiRequest,  # noqa: ARG001
    engine: _Engine = "",
    q: _Meant = "",
) -> LanguageList:
    """Those that can be read here now, in one piece."""
    found = by_name(_meant(packs.installed_packs(engine), q))
    return LanguageList(
        items=[LanguageOut(code=code, name=name, tag=_tag(code)) for code, name in found], next=None
    )


@router.get(
    "/languages/missing",
    response=MissingLanguageList,
    operation_id="list_missing_languages",
    summary="List the languages that are not installed",
    openapi_extra=_REFUSED,
)
def list_missing_languages(
    request: ApiRequest,  # noqa: ARG001
    engine: _Engine = "",
    q: _Meant = "",
) -> MissingLanguageList:
    """Each with the command that installs it, in one piece; none for an engine that reads only what it came
    with."""
    found = by_name(_meant(packs.missing_packs(engine), q))
    return MissingLanguageList(
        items=[
            MissingLanguage(code=code, name=name, tag=_tag(code), command=install_command(code))
            for code, name in found
        ],
        next=None,
    )


@router.get(
    "/documents/{uuid:document_id}/suggested-languages",
    response=LanguageSuggestionList,
    operation_id="suggest_languages",
    summary="Suggest languages for a document",
)
def suggest_languages(request: ApiRequest, document_id: DocumentId) -> LanguageSuggestionList:
    """Pages that seem to be in other languages than they were read in: a run with these may read them better.
    Those of the first 80 such pages, in one piece."""
    doubts = doubts_of(selectors.document_for(request.user, document_id))
    return LanguageSuggestionList(
        items=[
            LanguageSuggestion(languages=list(doubt.languages), pages=list(doubt.pages)) for doubt in doubts
        ],
        next=None,
    )


@router.post(
    "/documents/{uuid:document_id}/suggested-languages/keep",
    response=KeptPages,
    operation_id="keep_languages",
    summary="Leave pages in the languages that they were read in",
    openapi_extra=refuses(errors.NoRight, errors.LanguageUnknown),
)
def keep_read_languages(request: ApiRequest, document_id: DocumentId, kept: KeptLanguages) -> KeptPages:
    """The other languages are not suggested any more for what the pages of the document show now."""
    document = selectors.document_to_edit(request.user, document_id)
    _require_known(kept.languages, document)
    return KeptPages(count=keep_languages(document=document, suggested=kept.languages))


@router.get("/engines", response=EngineList, operation_id="list_engines", summary="List the engines")
def list_engines(request: ApiRequest) -> EngineList:  # noqa: ARG001
    """Those that can run here and those that cannot, in one piece."""
    return EngineList(items=[_engine_out(state) for state in packs.engine_states()], next=None)


def _meant(codes: Collection[str], wanted: str) -> Collection[str]:
    if not wanted.strip():
        return codes
    return set(codes).intersection((wanted.strip(), *named(wanted, get_language() or "en")))


def _require_known(codes: Collection[str], document: Document) -> None:
    """Raises LanguageUnknown for the first that is in no list and was not suggested either."""
    suggested = {code for doubt in doubts_of(document) for code in doubt.languages}
    for code in codes:
        if code not in PACKS and code not in suggested:
            raise errors.LanguageUnknown(language=code)


def _tag(code: str) -> str | None:
    return next(iter(tags([code])), None)


def _engine_out(state: EngineState) -> EngineOut:
    return EngineOut(
        name=state.name,
        title=engine_name(state.name),
        site=state.name == settings.OCRSITE_ENGINE,
        available=state.problem is None,
        problem=explain_error(state.problem) if state.problem else None,
        version=state.version or None,
        languages=list(state.languages),
        cannot=sorted(state.cannot),
    )
