"""The one door to fitting: a bundle, parts of it, or files, as the destination wants them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.packets.fitting import OrderWithout, fit_bundle
from disputedesk.papers.packets.packet import Packet
from disputedesk.papers.packets.profile import Profile, Shape
from disputedesk.papers.packets.separate import fit_files


def fit(
    order_without: OrderWithout,
    profile: Profile,
    room: Path,
    *,
    weights: Mapping[int, int],
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Packet:
    """The case's evidence as a destination takes it, its files in `room`.

    Args:
        order_without: Gives the bundle's order without the exhibits of these numbers.
        profile: What the destination takes.
        room: An empty folder of our own for what is made; the files stay there.
        weights: How much each exhibit matters by its number, 0 for the most.
        progress: Told what is tried.
        cancel: Asked between exhibits.

    Raises:
        Refused: Nothing of it can be made to fit; says which limits there are.
    """
    fitted = fit_files if profile.shape is Shape.FILES else fit_bundle
    return fitted(order_without, profile, room, weights=weights, progress=progress, cancel=cancel)
