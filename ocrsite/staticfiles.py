"""Static files under names that carry their hash, so that browsers may keep them for ever."""

from typing import ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites the imports between our own ES modules.

    Django's switch for that (``support_js_module_import_aggregation``) covers every ``*.js`` and stops
    at an import inside django-htmx's extension files that has no target; so only ``js/`` is covered.
    """

    _module_imports = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]  # noqa: SLF001
    patterns: ClassVar = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _module_imports))
