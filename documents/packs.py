"""What can read here, and which languages: by default the engine that the settings name."""

from collections.abc import Iterable

from django.conf import settings

from documents.errors import EngineError
from documents.ocr.engines import ENGINES, base, get_engine


def installed_packs(engine: str = "") -> tuple[str, ...]:
    """Codes in alphabetical order. Raises EngineUnknown, EngineMissing."""
    return tuple(sorted(get_engine(chosen(engine)).languages()))


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


def _runs_here(name: str) -> bool:
    try:
        return bool(get_engine(name).languages())
    except EngineError:
        return False
