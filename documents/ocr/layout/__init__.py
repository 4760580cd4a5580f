"""The order in which a page is read. Pure: boxes and words in, paragraphs out."""

from documents.ocr.layout.arranging import arrange
from documents.ocr.layout.mending import downwards, ordered

__all__ = ["arrange", "downwards", "ordered"]
