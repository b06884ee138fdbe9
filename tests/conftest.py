"""What every test stands on: pinned zone, language and places, so that no machine shows through."""

import gc
import os
import time

import pytest
from hypothesis import HealthCheck, settings

from disputedesk.common import texts


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden", action="store_true", help="write golden files anew; read the diff"
    )


settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("steady")


def pytest_collection_finish():
    """What collecting made stays to the end: no sweep between tests has to look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Reports travel between processes as UTF-8: what hostile texts logged is written so."""
    outcome = yield
    report = outcome.get_result()
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]


@pytest.fixture(autouse=True, scope="session")
def _places(tmp_path_factory):
    """Caches, settings and logs of the tests go to a folder of the tests."""
    home = tmp_path_factory.mktemp("home")
    kept = {}
    names = {
        "XDG_CACHE_HOME": home / "cache",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_CONFIG_HOME": home / "config",
    }
    for name, value in {**names, "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8"}.items():
        kept[name] = os.environ.get(name)
        os.environ[name] = str(value)
    os.environ.pop("DISPUTEDESK_DESK", None)
    time.tzset()
    yield
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


@pytest.fixture(autouse=True)
def _english():
    texts.set_language("en")
    yield
    texts.set_language("en")
