"""What `painter` and its child process `drawing` agree on."""

from dataclasses import dataclass

MAX_PIXELS = 50_000_000  # of the canvas
CHANNELS = 3  # blue, green, red
LONGEST_MESSAGE = 1 << 16  # bytes; a path has 4,096 at most


@dataclass(frozen=True, slots=True)
class Request:
    path: str  # absolute
    index: int  # of the page, from 0
    most: int  # pixels of the drawing, MAX_PIXELS at most
    most_of_image: int  # pixels of each image on the page
