"""Evidence bytes by their SHA-256: hashed while copied, synced, renamed, never changed."""
