"""What is done to a page image before it is read: light, noise, shape. Pure."""

from documents.ocr.clean.kinds import cleaned
from documents.ocr.clean.look import Look
from documents.ocr.clean.prepare import sheets, tidied
from documents.ocr.clean.skew import skew
from documents.ocr.clean.straight import straightening
from documents.ocr.clean.turning import paper, rotate

__all__ = ["Look", "cleaned", "paper", "rotate", "sheets", "skew", "straightening", "tidied"]
