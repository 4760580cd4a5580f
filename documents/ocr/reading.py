"""From a page image to its text, as a recipe."""

import time
from dataclasses import replace

from PIL import Image

from documents.ocr.clean import Turn, rotate, skew
from documents.ocr.detect import detect
from documents.ocr.elements import Block, PageText
from documents.ocr.engines import get_engine
from documents.ocr.options import Options


def read_page(image: Image.Image, options: Options) -> PageText:
    """Provisional: detect, straighten, one engine call, map the boxes back."""
    engine = get_engine(options.engine)
    rotation, languages = 0, options.languages
    start = time.perf_counter()
    if not languages:
        found = detect(image, engine)
        rotation, languages = found.rotation, found.languages
    upright = rotate(image, rotation)
    turn = Turn(-skew(upright) if options.deskew else 0.0, upright.size)
    blocks = engine.read(rotate(upright, turn.degrees), languages, timeout=options.timeout)
    if turn.degrees:
        blocks = tuple(_back(block, turn) for block in blocks)
    return PageText(
        width=upright.width,
        height=upright.height,
        blocks=blocks,
        languages=tuple(languages),
        rotation=rotation,
        engine=engine.name,
        engine_version=engine.version(),
        seconds=time.perf_counter() - start,
    )


def _back(block: Block, turn: Turn) -> Block:
    lines = tuple(
        replace(line, box=turn.back(line.box), words=tuple(replace(w, box=turn.back(w.box)) for w in line.words))
        for line in block.lines
    )
    return replace(block, lines=lines, box=turn.back(block.box))
