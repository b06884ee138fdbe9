"""Labelled lines in many languages: real numbers are found, nothing that only looks like one."""

from pathlib import Path

from disputedesk.common.secrets import SecretKind
from disputedesk.media.places import Place
from disputedesk.media.scanning import found_in

KINDS = {
    "pan": SecretKind.PAN,
    "track": SecretKind.TRACK,
    "code": SecretKind.SECURITY_CODE,
    "once": SecretKind.ONE_TIME_CODE,
    "iban": SecretKind.IBAN,
}


def labelled():
    text = Path(__file__).with_name("card_lines.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            label, language, said = line.split("\t", 2)
            yield label, language, said.replace("\\n", "\n").replace("\\t", "\t")


def kinds_in(said):
    return {found.kind for found in found_in([Place("text", said)])}


def test_every_labelled_number_is_found_and_no_look_alike_is_flagged(record_property, capsys):
    missed, false = [], []
    real = look_alikes = 0
    languages = set()
    for label, language, said in labelled():
        languages.add(language)
        found = kinds_in(said)
        if label == "none":
            look_alikes += 1
            if found:
                false.append(said)
        else:
            real += 1
            if KINDS[label] not in found:
                missed.append(said)
    told = (
        f"{real - len(missed)} of {real} real ones found, "
        f"{len(false)} of {look_alikes} look-alikes flagged, {len(languages)} languages"
    )
    with capsys.disabled():
        print(f"\n{told}")
    assert not missed, missed
    assert not false, false
    assert real >= 80
    assert look_alikes >= 75
    assert len(languages) >= 15


def test_what_is_shown_of_a_number_is_never_the_number():
    for _, _, said in labelled():
        for found in found_in([Place("text", said)]):
            assert sum(map(str.isdecimal, found.shown)) <= 8
