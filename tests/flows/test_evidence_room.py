"""Evidence looked at without a window: previews, thumbnails on the disk, what is proved by what."""

import os
import socket
import stat

import pytest
from PIL import Image

from disputedesk.common.errors import Cancelled, DamagedDesk, Refused
from disputedesk.common.work import CancelToken
from disputedesk.desk.basis import read_case
from disputedesk.desk.evidence_views import EvidenceFilter, Look
from disputedesk.desk.operations.claims import set_claims
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.evidence_copies import save_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.paperwork import letter_context
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.evidence_room import (
    evidence_cases,
    evidence_detail,
    evidence_ids,
    evidence_rows,
)
from disputedesk.desk.queries.previews import preview
from disputedesk.desk.queries.thumbnails import FOLDER, thumbnail_of
from disputedesk.store.backup import backup

MAIL = (
    b"From: Shop <s@example.org>\r\nTo: me@example.org\r\nSubject: About your order\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<style>p{background:url(http://127.0.0.1:9/b.png)}</style><script>alert(1)</script>"
    b"<p>Please &lt;wait&gt; 4012 8888 8888 1881</p>"
    b"<img src='http://127.0.0.1:9/x.png'><img src='file:///etc/hostname'>"
    b"<iframe src='file:///etc/passwd'></iframe>"
)


@pytest.fixture
def case(sample):
    return find_case(sample, "1001")


def _added(desk, case, path, data):
    path.write_bytes(data)
    exhibit = add_evidence(desk, case, [path]).value[0]
    with desk.store.snapshot() as rows:
        return rows.exhibits.get(exhibit)


def _photo(desk, case, folder, colour="red"):
    path = folder / f"{colour}.jpg"
    Image.new("RGB", (800, 600), colour).save(path)
    return _added(desk, case, path, path.read_bytes())


def test_a_thumbnail_is_made_once_and_kept_for_its_owner_alone(sample, case, tmp_path):
    evidence = _photo(sample, case, tmp_path).evidence
    first = thumbnail_of(sample, evidence.sha256, evidence.media_type, 256)
    (kept,) = sample.folder.joinpath(*FOLDER).rglob("*.jpg")
    assert kept.read_bytes() == first
    assert kept.name == f"{evidence.sha256}-256.jpg"
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert {stat.S_IMODE(p.stat().st_mode) for p in (kept.parent, kept.parents[1])} == {0o700}
    kept.write_bytes(b"\xff\xd8 kept \xff\xd9")
    assert thumbnail_of(sample, evidence.sha256, evidence.media_type, 256).startswith(b"\xff\xd8 k")


def test_a_half_written_thumbnail_is_made_again(sample, case, tmp_path):
    evidence = _photo(sample, case, tmp_path).evidence
    whole = thumbnail_of(sample, evidence.sha256, evidence.media_type, 256)
    (kept,) = sample.folder.joinpath(*FOLDER).rglob("*.jpg")
    kept.write_bytes(whole[:100])
    assert thumbnail_of(sample, evidence.sha256, evidence.media_type, 256) == whole


def test_thumbnails_are_no_part_of_a_backup(sample, case, tmp_path):
    evidence = _photo(sample, case, tmp_path).evidence
    thumbnail_of(sample, evidence.sha256, evidence.media_type, 256)
    made = backup(sample.folder, tmp_path / "a.ddbackup")
    assert b"cache/" not in made.path.read_bytes()


def test_a_thumbnail_nobody_wants_any_more_is_not_made(sample, case, tmp_path):
    evidence = _photo(sample, case, tmp_path).evidence
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        thumbnail_of(sample, evidence.sha256, evidence.media_type, 256, cancel=token)
    assert not sample.folder.joinpath(*FOLDER).exists()


def test_a_mail_is_shown_as_words_and_nothing_is_fetched_or_opened(
    sample, case, tmp_path, monkeypatch
):
    evidence = _added(sample, case, tmp_path / "m.eml", MAIL).evidence
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, place: asked.append(place))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *place, **_: asked.append(place) or [])
    seen = preview(sample, evidence.sha256, evidence.media_type, 1600)
    assert seen.look is Look.WORDS
    assert ("Subject", "About your order") in seen.rows
    assert "Please <wait>" in seen.body
    for gone in ("alert", "background", "127.0.0.1", "4012 8888", "root:"):
        assert gone not in seen.body
    assert asked == []


def test_a_monstrous_mail_is_cut_and_says_so(sample, case, tmp_path):
    data = MAIL.split(b"\r\n\r\n")[0] + b"\r\n\r\n" + b"<div>" * 20_000 + b"word " * 100_000
    evidence = _added(sample, case, tmp_path / "m.eml", data).evidence
    seen = preview(sample, evidence.sha256, evidence.media_type, 1600)
    assert seen.was_cut
    assert len(seen.body) <= 60_000


@pytest.mark.parametrize(
    ("file", "look"),
    [
        (("a.txt", "Привет".encode("cp1251") * 9), Look.WORDS),
        (("a.html", b"<html><body><p>Hi</p></body></html>"), Look.WORDS),
        (("a.pdf", b"%PDF-1.7 broken"), Look.PAGES),
        (("a.jpg", b"\xff\xd8\xff broken"), Look.NOTHING),
        (("a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40), Look.NOTHING),
        (("a.zip", b"PK\x03\x04" + b"\0" * 40), Look.NOTHING),
    ],
)
def test_every_kind_of_file_has_a_look(sample, case, tmp_path, file, look):
    name, data = file
    evidence = _added(sample, case, tmp_path / name, data).evidence
    assert preview(sample, evidence.sha256, evidence.media_type, 800).look is look


def test_bytes_that_were_changed_are_not_shown_as_evidence(sample, case, tmp_path):
    evidence = _photo(sample, case, tmp_path).evidence
    path = sample.vault.path(evidence.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(DamagedDesk):
        preview(sample, evidence.sha256, evidence.media_type, 800)
    with pytest.raises(DamagedDesk):
        save_evidence(sample, evidence.id, tmp_path / "copy.jpg")
    assert not list(tmp_path.glob("*copy.jpg*"))


def test_a_copy_is_the_sealed_bytes_and_never_lands_in_the_desk(sample, case, tmp_path):
    evidence = _photo(sample, case, tmp_path).evidence
    saved = save_evidence(sample, evidence.id, tmp_path / "copy.jpg")
    assert saved.read_bytes() == sample.vault.read(evidence.sha256)
    with pytest.raises(Refused):
        save_evidence(sample, evidence.id, sample.folder / "desk.sqlite3")


def test_one_piece_tells_where_it_stands_and_what_it_may_prove(sample, case, tmp_path):
    exhibit = _photo(sample, case, tmp_path)
    set_exhibit(sample, exhibit.id, caption="The crack", kind="photo")
    detail = evidence_detail(sample, exhibit.evidence.id)
    (use,) = detail.uses
    assert (use.number, use.exhibit.caption) == (1001, "The crack")
    assert {"goods_received", "received_on"} <= {view.claim for view in use.claims if view.usual}
    assert not any(view.said for view in use.claims)
    assert all(view.text for view in use.claims)
    (row,) = evidence_rows(sample, [exhibit.evidence.id])
    assert row.caption == "The crack"
    assert exhibit.evidence.id in evidence_ids(sample, EvidenceFilter(text="crack"))
    assert 1001 in [each.number for each in evidence_cases(sample)]


def _proved(desk, case, number):
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case)
    context = letter_context(desk, basis, desk.forms.get("bank_chargeback"), language="en")
    return {proof.claim for proof in context.proofs if proof.exhibit == number}


def test_what_somebody_said_an_exhibit_proves_wins_over_its_kind(sample, case, tmp_path):
    exhibit = _photo(sample, case, tmp_path)
    set_exhibit(sample, exhibit.id, kind="photo")
    assert "goods_received" in _proved(sample, case, exhibit.number)
    set_claims(sample, exhibit.id, ["delivery_address", "delivery_address"])
    assert _proved(sample, case, exhibit.number) == {"delivery_address"}
    (use,) = evidence_detail(sample, exhibit.evidence.id).uses
    assert [view.claim for view in use.claims if view.said] == ["delivery_address"]
    undo(sample)
    assert "goods_received" in _proved(sample, case, exhibit.number)


def test_what_is_said_of_one_exhibit_is_not_also_cited_from_another_of_a_fitting_kind(
    sample, case, tmp_path
):
    first, second = _photo(sample, case, tmp_path), _photo(sample, case, tmp_path, "blue")
    set_exhibit(sample, first.id, kind="photo")
    set_exhibit(sample, second.id, kind="video")
    set_claims(sample, first.id, ["goods_received"])
    assert "goods_received" in _proved(sample, case, first.number)
    assert "goods_received" not in _proved(sample, case, second.number)
