"""The log and the crash record give nothing away."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

import pytest

from disputedesk.common import log


@pytest.fixture
def log_file(tmp_path):
    root = logging.getLogger()
    level = root.level
    yield log.configure_log(tmp_path / "state")
    log.close_log()
    root.setLevel(level)


def logger():
    return logging.getLogger("disputedesk.test")


def test_the_log_hides_card_numbers_wherever_they_come_from(log_file):
    logger().info("Paid with %s", "4111 1111 1111 1111")
    logger().info("cvv %s", 123)
    text = log_file.read_text("utf-8")
    assert "4111 1111" not in text
    assert "•••• 1111" in text
    assert "123" not in text.split("cvv")[1]


def test_one_event_is_one_line_whatever_it_holds(log_file):
    logger().warning("first\r\nsecond\u2028third\u202efourth\x1b[31m\udcff %s", "a\nb")
    assert len(log_file.read_text("utf-8").splitlines()) == 1
    assert "\\u000a" in log_file.read_text("utf-8")
    assert "\u202e" not in log_file.read_text("utf-8")


def test_long_texts_are_cut_and_their_length_told(log_file):
    logger().info("body %s", "x" * 100_000)
    text = log_file.read_text("utf-8")
    assert len(text) < 700
    assert "(100005 characters)" in text


def test_a_traceback_in_the_log_is_one_line_without_secrets(log_file):
    try:
        int("4111111111111111x")
    except ValueError:
        logger().exception("could not read")
    text = log_file.read_text("utf-8")
    assert len(text.splitlines()) == 1
    assert "4111111111111111" not in text


def test_mail_addresses_are_not_logged(log_file):
    logger().info("mail from anna.berg@example.org read")
    assert "anna" not in log_file.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_only_the_owner_can_read_the_log_and_its_rotated_files(log_file):
    for _ in range(1500):
        logger().info("%s", "y" * 450)
    files = sorted(log_file.parent.iterdir())
    assert len(files) > 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(log_file.parent.stat().st_mode) == 0o700


def test_configuring_again_moves_the_log_and_writes_each_event_once(log_file, tmp_path):
    second = log.configure_log(tmp_path / "other")
    logger().info("once")
    assert second.read_text("utf-8").count("once") == 1
    assert log_file.read_text("utf-8") == ""


def crash(card):
    raise RuntimeError(f"cannot use {card} in {Path.home()}/desk/orders.csv and /home/anna/x")


def test_a_crash_tells_where_and_no_values(tmp_path):
    secret_local = "local value 998877"
    try:
        crash("4111111111111111")
    except RuntimeError as error:
        path = log.log_crash(error, tmp_path)
    text = path.read_text("utf-8")
    assert "in crash" in text
    assert "RuntimeError" in text
    assert "4111111111111111" not in text
    assert "998877" not in text.replace('secret_local = "local value 998877"', "")
    assert str(Path.home()) + os.sep not in text
    assert "anna" not in text
    assert "~" in text
    assert secret_local
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_chain_of_causes_is_kept_in_the_crash_record(tmp_path):
    try:
        try:
            crash("x")
        except RuntimeError as error:
            raise KeyError("outer") from error
    except KeyError as error:
        text = log.log_crash(error, tmp_path).read_text("utf-8")
    assert "direct cause" in text
    assert "KeyError" in text
