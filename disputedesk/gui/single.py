"""One window per desk: a second start hands its files to the first and brings it to the front."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

from disputedesk.common.hashing import sha256_of_record

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS: Final = 2_000
_MOST_BYTES: Final = 64 * 1024
_NAME_LETTERS: Final = 16


class Single(QObject):
    """Holds the claim on one desk for one user; lives on the GUI thread.

    Args:
        desk: The folder of the desk that is claimed.
        state: Where the lock lies: the desk's own folder may be on a shared disk.
        parent: Who owns it.

    Signals:
        called(paths): A second start asked for the window, perhaps with files.
    """

    called = Signal(object)

    def __init__(self, desk: Path, state: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = sha256_of_record([getpass.getuser(), str(desk.absolute())])
        self._name = f"disputedesk-{digest[:_NAME_LETTERS]}"
        state.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(state / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this process is the one that shows the desk; the lock of a dead one is taken."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Begins to hear of second starts; only the owner of this account is heard."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self._server.listen(self._name)

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Whether the process that shows the desk heard of `paths`."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        words = json.dumps([str(path.absolute()) for path in paths])
        socket.write(words.encode())
        heard = socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return bool(heard)

    def release(self) -> None:
        """Gives the claim up."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.unlock()

    @Slot()
    def _connected(self) -> None:
        socket = self._server.nextPendingConnection() if self._server is not None else None
        if socket is not None:
            socket.disconnected.connect(self._heard)

    @Slot()
    def _heard(self) -> None:
        socket = self.sender()
        self.called.emit(_paths_in(_all_of(socket)))
        socket.deleteLater()


def _all_of(socket: QObject) -> bytes:
    from PySide6.QtNetwork import QLocalSocket

    return bytes(socket.read(_MOST_BYTES).data()) if isinstance(socket, QLocalSocket) else b""


def _paths_in(data: bytes) -> tuple[Path, ...]:
    """The files named in a message; what is no list of paths that exist is left out."""
    try:
        found = json.loads(data.decode())
    except ValueError:
        return ()
    if not isinstance(found, list):
        return ()
    return tuple(path for one in found if isinstance(one, str) and (path := Path(one)).exists())
