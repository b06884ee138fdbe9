"""The picture at the head of a helper's paper: decoded within bounds, no larger than it is seen.

It comes from a file that somebody was sent, so it is treated as a stranger's: only PNG and JPEG are
opened, nothing is decoded before its size is known, and nothing but its points is kept.
"""

from __future__ import annotations

import dataclasses
import io
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

TYPES: Final = ("image/png", "image/jpeg")
HIGHEST_MM: Final = 30.0
_FORMATS: Final = frozenset({"PNG", "JPEG", "MPO"})
_MOST: Final = (1800, 720)
"""Points across and down that are printed: 30 mm high at 600 to the inch."""


@dataclasses.dataclass(frozen=True, slots=True)
class Logo:
    """A picture ready to be printed.

    Attributes:
        png: Its points.
        width: How many across.
        height: How many down.
    """

    png: bytes = dataclasses.field(repr=False)
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its width and height where it must fit into these, its proportions kept."""
        scale = min(width / self.width, min(height, HIGHEST_MM) / self.height)
        return self.width * scale, self.height * scale


def read_logo(data: bytes, name: str) -> Logo:
    """The picture that stands in a file.

    Raises:
        Refused: It is no PNG or JPEG, damaged, or has too many points.
    """
    from PIL import ImageOps

    from disputedesk.media.pictures import DAMAGED, MOST_POINTS, flat, opened_picture

    try:
        with opened_picture(io.BytesIO(data)) as image:
            if image.format not in _FORMATS:
                raise _refused(tr("The picture of a letterhead is a PNG or JPEG."), name)
            if image.width * image.height > MOST_POINTS:
                raise _refused(tr("This picture is too large to be printed."), name)
            shown = flat(ImageOps.exif_transpose(image))
            shown.thumbnail(_MOST)
            out = io.BytesIO()
            shown.save(out, "PNG")
            return Logo(out.getvalue(), shown.width, shown.height)
    except DAMAGED as error:
        raise _refused(
            tr("This picture is damaged, or of a kind that cannot be printed."), name
        ) from error


def _refused(what: str, name: str) -> Refused:
    return Refused(what, name, tr("Choose another picture for the letterhead, or none."))
