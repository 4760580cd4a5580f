"""What can read here, and which languages: by default the engine that the settings name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from documents.errors import EngineError
from documents.ocr import languages
from documents.ocr.engines import ENGINES, base, get_engine
from documents.ocr.engines.base import Inability


@dataclass(frozen=True, slots=True)
class EngineState:
    """An engine, and what it can do now. ``languages`` are codes in alphabetical order; ``problem`` says why
    it cannot run here."""

    name: str
    cannot: frozenset[Inability]
    version: str = ""
    languages: tuple[str, ...] = ()
    problem: EngineError | None = None


def installed_packs(engine: str = "") -> tuple[str, ...]:
    """Codes in alphabetical order. Raises EngineUnknown, EngineMissing."""
    return tuple(sorted(get_engine(chosen(engine)).languages()))


def missing_packs(engine: str = "") -> frozenset[str]:
    """The codes of those that could be installed; none for an engine that reads what it came with. Raises
    EngineUnknown, EngineMissing."""
    if Inability.MORE_LANGUAGES in get_engine(chosen(engine)).cannot:
        return frozenset()
    return languages.installable(installed_packs(engine))


def checked(wanted: str | Iterable[str], engine: str = "") -> tuple[str, ...]:
    """The codes in ``wanted``, ``()`` for detect. Raises LanguageUnknown, LanguageMissing, LanguageBeyond,
    EngineUnknown, EngineMissing."""
    return base.checked(wanted, get_engine(chosen(engine)))


def chosen(engine: str) -> str:
    """The name of ``engine``; the one that the settings name for nothing."""
    return engine or str(settings.OCRSITE_ENGINE)


def asked(engine: str) -> str:
    """What is kept of a choice: nothing for the site's own, which may be named, too."""
    return "" if engine == settings.OCRSITE_ENGINE else engine


def usable(engine: str) -> str:
    """``engine`` where it can run now; else nothing, which leaves the choice to the site."""
    return engine if engine and _runs_here(engine) else ""


def engines_here() -> tuple[str, ...]:
    """The names of those that can run now."""
    return tuple(name for name in ENGINES if _runs_here(name))


def engine_states() -> list[EngineState]:
    """Those that can run here and those that cannot."""
    return [_state(name) for name in ENGINES]


def _state(name: str) -> EngineState:
    engine = get_engine(name)
    try:
        return EngineState(name, engine.cannot, engine.version(), tuple(sorted(engine.languages())))
    except EngineError as error:
        return EngineState(name, engine.cannot, problem=error)


def _runs_here(name: str) -> bool:
    try:
        return bool(get_engine(name).languages())
    except EngineError:
        return False
