"""The sample desk made once, and a copy of it for each test that changes it."""

import datetime as dt
import shutil

import pytest

from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.sample import make_sample_desk

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "desk"
    make_sample_desk(folder, clock=FixedClock.on(TODAY)).close()
    return folder


@pytest.fixture
def sample_folder(made_sample, tmp_path):
    folder = tmp_path / "desk"
    shutil.copytree(made_sample, folder)
    return folder


@pytest.fixture
def sample(sample_folder):
    desk = Desk.open(sample_folder, clock=FixedClock.on(TODAY))
    yield desk
    desk.close()


@pytest.fixture
def desk(tmp_path):
    desk = Desk.open(tmp_path / "own", clock=FixedClock.on(TODAY))
    yield desk
    desk.close()
