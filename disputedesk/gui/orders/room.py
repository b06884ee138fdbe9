"""Tells the shell of the room *Orders* and answers requests to open or add one."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import AddOrder, Desktop, OpenOrder, Room, RoomView, ShowRoom


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.orders.view import OrdersRoom

    return OrdersRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room of all orders."""
    return (
        Room(
            key="orders",
            title=mark("Orders"),
            icon="orders",
            order=2,
            build=_build,
            help=mark(
                "Every order of the desk. Type to filter by words or by the beginning of a "
                "number; click a column's head to sort; choose columns with the button beside "
                "the filters. Under the table is the life of the chosen order: what happened as "
                "dots, each way to get money back as a bar, today as a line. Rest the mouse on a "
                "bar to read why it opens and closes when it does, and who says so. Facts can "
                "be corrected in place."
            ),
        ),
    )


def serve(desktop: Desktop) -> None:
    """Answers requests to open an order and to add one by hand."""
    answers = _Answers(desktop)
    desktop.answer(OpenOrder, answers.open_order)
    desktop.answer(AddOrder, answers.add_order)


class _Answers:
    """Brings the room into view before it answers; lives as long as the desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def open_order(self, request: OpenOrder) -> None:
        """Shows an order in its room."""
        from disputedesk.gui.orders.view import OrdersRoom

        view = self._desktop.ask(ShowRoom("orders"))
        if isinstance(view, OrdersRoom):
            view.show_order(request.order)

    def add_order(self, request: AddOrder) -> None:
        """Opens the form for an order typed by hand."""
        from disputedesk.gui.orders.add_order import AddOrderSheet

        AddOrderSheet(self._desktop, self._desktop.window).open()
