"""The one lock around PDFium, which may be used by one thread at a time in the whole program."""

from __future__ import annotations

import threading
from typing import Final

LOCK: Final = threading.Lock()
