"""What the language chooser offers: installed packs by name, and advice for the others."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from documents.errors import EngineError, LanguageMissing
from documents.ocr import languages as packs
from documents.packs import installed_packs
from documents.words import explain_error


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """``choices`` are the installed packs, sorted by their names in the language of the interface.

    ``problem`` says why there are none.
    """

    choices: list[Choice]
    problem: EngineError | None = None

    @property
    def detects(self) -> bool:
        return not any(choice.is_chosen for choice in self.choices)


def chooser(chosen: Collection[str]) -> Chooser:
    """With the packs ``chosen`` ticked; those that are not installed are left out."""
    try:
        installed = installed_packs()
    except EngineError as error:
        return Chooser([], problem=error)
    return Chooser([Choice(code, name, code in chosen) for code, name in _names(installed)])


@require_GET
@vary_on_headers("Accept-Language", "Cookie")
def languages(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The packs that could be installed, each with the sentence that says how; none without an engine."""
    try:
        missing = _names(packs.PACKS.keys() - set(installed_packs()))
    except EngineError:
        missing = []
    return JsonResponse({"missing": [_advice(code, name) for code, name in missing]})


def _advice(code: str, name: str) -> dict[str, str]:
    command = packs.install_command(code)
    advice = explain_error(LanguageMissing(language=code, name=name, command=command))
    return {"name": name, "advice": advice, "command": command}


def _names(codes: Collection[str]) -> list[tuple[str, str]]:
    locale = get_language() or "en"
    return sorted(((code, packs.name(code, locale)) for code in codes), key=lambda pair: pair[1].casefold())
