"""The languages of a text that is there already, where nobody says what they are."""

from collections.abc import Collection

from documents.ocr.detection.identify import identify
from documents.ocr.detection.script_search import packs_by_script
from documents.ocr.detection.scripts import own_share

_ENOUGH = 5000  # letters
_MOSTLY = 0.5  # share of the letters


def languages_of_text(text: str, installed: Collection[str]) -> tuple[str, ...]:
    """Codes of ``installed`` packs, the main one first; none where its script, or the text, is missing."""
    lines = text[:_ENOUGH].split("\n")
    packs = packs_by_script(installed)
    shares = {script: own_share(" ".join(lines), script) for script in packs}
    script = max(shares, key=lambda script: shares[script], default="")
    if not text or shares.get(script, 0.0) < _MOSTLY:
        return ()
    return identify(lines, script, installed, usual=packs[script][0])
