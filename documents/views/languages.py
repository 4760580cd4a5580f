"""What the language chooser offers: installed packs by name, and advice for the others."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from documents.errors import EngineError, LanguageMissing
from documents.ocr.detection.vertical import without_vertical
from documents.ocr.languages import install_command
from documents.packs import engines_here, installed_packs, missing_packs
from documents.words import by_name, explain_error


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """``choices`` are what any engine reads here, sorted by their names in the language of the interface.

    ``problem`` says why that of the site reads none. ``is_preset`` means that nobody chose yet: what is
    ticked is of the last time, or the site's.
    """

    choices: list[Choice]
    problem: EngineError | None = None
    is_preset: bool = False

    @property
    def detects(self) -> bool:
        return not any(choice.is_chosen for choice in self.choices)


def chooser(chosen: Collection[str], *, is_preset: bool = False) -> Chooser:
    """With the packs ``chosen`` ticked; those that are not installed are left out."""
    readable = {code for engine in engines_here() for code in installed_packs(engine)}
    offered = {*without_vertical(readable), *readable.intersection(chosen)}
    choices = [Choice(code, called, code in chosen) for code, called in by_name(offered)]
    return Chooser(choices, problem=_problem(), is_preset=is_preset)


def _problem() -> EngineError | None:
    """Why the engine of the site cannot read."""
    try:
        installed_packs()
    except EngineError as error:
        return error
    return None


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def languages(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The packs that could be installed, each with the sentence that says how; none without an engine."""
    try:
        missing = by_name(missing_packs())
    except EngineError:
        missing = []
    return JsonResponse({"missing": [_advice(code, called) for code, called in missing]})


def _advice(code: str, called: str) -> dict[str, str]:
    command = install_command(code)
    advice = explain_error(LanguageMissing(language=code, name=called, command=command))
    return {"name": called, "advice": advice, "command": command}
