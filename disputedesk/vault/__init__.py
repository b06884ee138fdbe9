"""Evidence bytes by their SHA-256: hashed while copied, synced, renamed, never changed.

A blob appears under its name only when all its bytes are on the disk, so a crash leaves a temporary
file and nothing else; the row that names a blob is written after it. Names and kinds that came with
the bytes are only text: nothing on the disk is called by them.
"""

from disputedesk.vault.blobs import Sealed, Vault
from disputedesk.vault.media import media_type, media_type_of
from disputedesk.vault.names import clean_name, visible_name

__all__ = ["Sealed", "Vault", "clean_name", "media_type", "media_type_of", "visible_name"]
