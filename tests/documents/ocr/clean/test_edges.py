"""Edges of a sheet are found by what is right beside them, in light and shade."""

import cv2
import numpy as np
import pytest

from documents.ocr.clean.edges import find_edges
from documents.ocr.clean.pixels import Pixels

CORNERS = np.array([(70, 60), (330, 80), (350, 500), (50, 480)])


def sheet(paper: int = 220, table: int = 110) -> Pixels:
    ground = np.full((560, 400), table, np.uint8)
    return np.asarray(cv2.fillConvexPoly(ground, CORNERS.astype(np.int32), paper), np.uint8)


def shaded(light: Pixels, depth: float) -> Pixels:
    """Under a soft shadow from side to side, half-way down."""
    rows = np.arange(light.shape[0])
    shade = depth + (1 - depth) / (1 + np.exp((rows - 280) / 15))
    return np.asarray(light * shade[:, np.newaxis], np.uint8)


@pytest.mark.parametrize("depth", [1.0, 0.6, 0.3])
def test_the_edges_are_found_in_light_and_shade(depth: float) -> None:
    found = find_edges(shaded(sheet(), depth))
    assert found is not None
    assert np.abs(found - CORNERS).max() < 6


def test_boards_of_the_table_are_no_edges() -> None:
    light = sheet()
    light[20:40] = light[520:540] = 70
    found = find_edges(light)
    assert found is not None
    assert np.abs(found - CORNERS).max() < 6


def test_a_sheet_of_which_a_corner_is_beside_the_picture_has_not_four_edges() -> None:
    assert find_edges(np.ascontiguousarray(sheet()[:440])) is None


def test_a_shadow_alone_has_no_edges() -> None:
    assert find_edges(shaded(np.full((560, 400), 230, np.uint8), 0.4)) is None


def test_a_dark_sheet_on_a_light_table_is_none() -> None:
    assert find_edges(sheet(paper=110, table=220)) is None


def test_an_edge_that_is_hidden_for_a_quarter_is_not_seen() -> None:
    light = sheet()
    light[100:220, :200] = 110
    assert find_edges(light) is None
