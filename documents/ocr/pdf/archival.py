"""What makes a PDF fit for archives: PDF/A-2b (ISO 19005-2), told of itself where it is so.

Pages that are made of images can be PDF/A. Uploaded PDFs stay as they are, whatever they are.
"""

from collections.abc import Iterator
from functools import lru_cache

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import ImageCms

_PROFILE_CHANNELS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}  # by bytes 16 to 19 (ICC.1, 7.2.6)
# By bytes 12 to 15 (ICC.1, 7.2.5), those that an image may have in a PDF (ISO 32000-1, 8.6.5.5).
_PROFILE_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")
_LATEST_PROFILE = 4  # PDF/A-2 knows version 4 of ICC profiles
_PLAIN_COLOURS = (Name.DeviceRGB, Name.DeviceGray)  # those that the output intent explains


def make_archival(pdf: Pdf) -> bool:
    """Add what PDF/A-2b asks for, if the images of ``pdf`` allow it. Returns whether they do."""
    _drop_wrong_profiles(pdf)
    if not all(_is_allowed(image) for image in _images(pdf)):
        return False
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        RegistryName="http://www.color.org",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=pdf.make_indirect(Stream(pdf, _srgb(), N=3)),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    return True


@lru_cache
def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _images(pdf: Pdf) -> Iterator[Object]:
    """Those that pages draw themselves: `images.add_page` makes no others."""
    resources = (page.resources.get(Name.XObject) for page in pdf.pages)
    return (image for images in resources if images is not None for image in images.as_dict().values())


def _drop_wrong_profiles(pdf: Pdf) -> None:
    """Some programs give a grey picture a profile of colours: without it, readers show it as it is meant.
    Profiles that were cut off, or are for something else than images, explain nothing either."""
    for image in _images(pdf):
        colours = image.get(Name.ColorSpace)
        if isinstance(colours, Array) and colours[0] == Name.ICCBased and not _is_right(colours[1]):
            image.ColorSpace = colours[1].Alternate


def _is_right(profile: Object) -> bool:
    content = profile.read_bytes()
    is_whole = int.from_bytes(content[:4]) <= len(content)  # bytes 0 to 3 say how long it is
    is_known = content[8:9] <= bytes([_LATEST_PROFILE]) and content[12:16] in _PROFILE_CLASSES
    return is_whole and is_known and _PROFILE_CHANNELS.get(content[16:20]) == int(profile.N)


def _is_allowed(image: Object) -> bool:
    """Colours that mean something, and no JPEG 2000, of which PDF/A allows a part that is not looked into."""
    if image.get(Name.Filter) == Name.JPXDecode:
        return False
    colours = image.get(Name.ColorSpace)
    if not isinstance(colours, Array):
        return colours in _PLAIN_COLOURS
    return bool(colours[0] == Name.ICCBased or colours[1] in _PLAIN_COLOURS)  # else it is a palette
