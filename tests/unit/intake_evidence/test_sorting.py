"""What a file shows is guessed from its words first, then its name, then its make."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.intake.sorting import Clue, Shape, guess_kind

PHOTO = Shape(3000, 2000, camera=True)
SCREEN = Shape(1080, 2340, camera=False)


@pytest.mark.parametrize(("words", "kind"), [
    ("CUSTOMS DECLARATION CN22 RB123456785CN weight 0.3 kg", "label"),
    ("Tracking RB123456785CN In transit. Arrived at sorting centre", "tracking"),
    ("Order details Order number 8190 Payment method Total 43.10", "order_page"),
    ("INVOICE no 5 subtotal 20 VAT 19%", "receipt"),
    ("Buyer protection: time left 3 days", "timer"),
    ("Account statement Balance Posting date", "statement"),
    ("Номер заказа 8190 Дата заказа 2 ноября", "order_page"),
    ("Отслеживание: в пути, прибыло в сортировочный центр", "tracking"),
])  # fmt: skip
def test_words_tell_what_it_is(words, kind):
    guess = guess_kind("IMG_1.png", "image/png", shape=SCREEN, words=words)
    assert (guess.kind, guess.clue) == (kind, Clue.WORDS)


@pytest.mark.parametrize(("name", "kind"), [
    ("box_damaged_side.jpg", "packaging"),
    ("Коробка.jpg", "packaging"),
    ("size with ruler.jpg", "size"),
    ("crack.jpg", "fault"),
    ("трещина 2.jpg", "fault"),
    ("label.jpg", "label"),
    ("serial.jpg", "serial"),
    ("chat with seller.png", "chat"),
])  # fmt: skip
def test_a_name_tells_what_words_do_not(name, kind):
    guess = guess_kind(name, "image/jpeg", shape=PHOTO)
    assert (guess.kind, guess.clue) == (kind, Clue.NAME)


def test_a_screenshot_named_after_a_box_is_no_picture_of_packaging():
    assert guess_kind("box.png", "image/png", shape=SCREEN) is None


def test_a_camera_makes_photos_and_a_bare_screenshot_says_nothing():
    assert guess_kind("IMG_2.jpg", "image/jpeg", shape=PHOTO).kind == "photo"
    assert guess_kind("IMG_3.png", "image/png", shape=SCREEN) is None


def test_films_and_mails_are_what_they_are_whatever_their_names():
    assert guess_kind("crack.mp4", "video/mp4").kind == "video"
    assert guess_kind("a.eml", "message/rfc822", words="hello").kind == "chat"


def test_one_word_alone_is_no_proof():
    assert guess_kind("IMG_4.png", "image/png", shape=SCREEN, words="total") is None


@given(st.text(max_size=60), st.text(max_size=300))
def test_any_name_and_words_are_taken(name, words):
    guess = guess_kind(name, "image/jpeg", shape=PHOTO, words=words)
    assert guess is not None  # a camera made it, so it is at least a photo


@pytest.mark.parametrize("piece", ["a.", "on ", "1", "track", "в пути", "order number "])
def test_words_made_to_be_slow_are_looked_through_in_a_moment(piece):
    begun = time.monotonic()
    guess_kind("x.png", "image/png", shape=SCREEN, words=piece * 30_000)
    assert time.monotonic() - begun < 20
