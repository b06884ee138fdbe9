import pytest

from disputedesk.packs.library import load_library


@pytest.fixture(scope="session")
def pack_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("parsed")


@pytest.fixture
def load(pack_cache):
    """Loads folders of packs with a cache of the tests' own."""
    return lambda *folders: load_library(list(folders) or None, cache=pack_cache)


PACK = """
[pack]
id = "{name}"
title = "A pack"
edition = "{edition}"
layer = "{layer}"
checked_on = 2026-11-22
changelog = ["first"]

[source.text]
title = "A text"
confidence = "high"

[[rule]]
id = "{name}.one"
title = "A rule"
avenue = "card_chargeback"
summary = "What it is for."
sources = ["text"]
closes = {{ from = "processing_date", days = {days} }}
{more}

[[rule.example]]
title = "It closes"
today = 2026-03-01
facts = {{ processing_date = 2026-02-01 }}
expect = {{ status = "open" }}
"""


@pytest.fixture
def write_pack():
    """Writes a right pack into a folder; only what matters to the claim has to be said."""

    def write(folder, name="good", **values):
        values = {"edition": "1", "layer": "scheme", "days": 120, "more": "", "name": name} | values
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.toml").write_text(PACK.format(**values), encoding="utf-8")
        return folder

    return write
