"""A finished bundle looked at as a stranger would: only the file counts, never how it was made.

Nothing here knows the code that writes bundles. A file is opened as any reader would open it, its
pages are measured, what it says of itself (numbers, index, outline, manifest) is compared with
what it is, and each of the eighteen points of the checklist gets a verdict in sentences. Any PDF
may be given, hostile ones too: the work is done in a process of its own with limits on time and
memory, so that the worst file ends in a sentence.
"""
