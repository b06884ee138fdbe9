"""The look is computed, not believed."""

import re
from pathlib import Path

import pytest

from disputedesk.gui import tokens
from disputedesk.gui.tokens import DARK, LIGHT, Tone, contrast, fill

GUI = Path(tokens.__file__).parent
PAIRS = [
    (ink, back)
    for ink in ("text", "text_2", "mute")
    for back in ("window", "base")
] + [
    ("text", "alt"), ("text", "accent_soft"), ("text_2", "accent_soft"), ("text_2", "alt"),
    ("accent", "base"), ("accent", "window"), ("accent", "accent_soft"), ("on_accent", "accent"),
    ("on_accent", "accent_hover"), ("urgent", "base"), ("urgent", "urgent_soft"),
    ("urgent", "accent_soft"), ("soon", "base"), ("soon", "soon_soft"), ("soon", "accent_soft"),
    ("open", "base"), ("open", "open_soft"), ("open", "accent_soft"), ("wait", "base"),
    ("wait", "wait_soft"), ("wait", "accent_soft"), ("base", "text"),
]  # fmt: skip


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "back"), PAIRS)
def test_every_text_can_be_read_on_what_it_stands_on(colours, ink, back):
    assert contrast(getattr(colours, ink), getattr(colours, back)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_control_can_be_seen(colours):
    assert contrast(colours.mute, colours.base) >= 3
    assert contrast(colours.accent, colours.base) >= 3


def test_urgencies_differ_by_shape_as_well_as_by_colour():
    assert len({tone.shape for tone in Tone}) == len(Tone)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_template_that_names_an_unknown_colour_is_refused():
    with pytest.raises(AttributeError):
        fill("a { color: @nothing-like-it; }", LIGHT)


def test_the_style_sheet_has_no_colour_of_its_own(theme):
    from disputedesk.common import locations

    text = locations.resources("styles", "desk.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{6}", text)


def test_no_colour_is_written_in_the_code_outside_the_tokens():
    own = {"tokens.py", "icons.py"}  # and paper is white in every light
    found = {
        str(path.relative_to(GUI))
        for path in GUI.rglob("*.py")
        if path.name not in own
        and re.search(r'"#(?!FFFFFF)[0-9A-Fa-f]{6}"', path.read_text("utf-8"))
    }
    assert found <= {"shell/papers.py"}


def test_every_icon_is_drawn_on_the_same_grid():
    from disputedesk.common import locations

    for path in locations.resources("icons").glob("*.svg"):
        text = path.read_text("utf-8")
        if path.stem == "disputedesk":
            continue
        assert 'viewBox="0 0 24 24"' in text, path.name
        assert "#7A8796" in text, path.name
