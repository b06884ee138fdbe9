"""Capturing what can still be had: prompts, requests, suggestions, stills; and one whole drop."""

import datetime as dt
import io
import json
import subprocess
import time
from email.message import EmailMessage

import pytest
from PIL import Image, ImageDraw

from disputedesk.cli.main import main
from disputedesk.common.errors import NotFound, Refused
from disputedesk.desk.operations.cases import close_case, file_step, open_case
from disputedesk.desk.operations.evidence import add_evidence, add_files
from disputedesk.desk.operations.exhibits import remove_exhibit, set_exhibit
from disputedesk.desk.operations.filing_answers import Answer, record_answer
from disputedesk.desk.operations.orders import NewOrder, add_order, set_facts
from disputedesk.desk.operations.people import NewClient, set_client
from disputedesk.desk.operations.prompts import ask_again, dismiss_prompt
from disputedesk.desk.operations.stills import keep_stills
from disputedesk.desk.operations.suggestions import name_exhibits, record_mention, set_aside
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import case_detail
from disputedesk.desk.queries.mentions import mentions_of
from disputedesk.desk.queries.prompts import PromptState, prompts_for
from disputedesk.desk.queries.requests import request_for
from disputedesk.desk.queries.sorting import suggest_kinds, whose_files
from disputedesk.media import stills
from disputedesk.model.case import CaseOutcome
from disputedesk.model.evidence import Derived, Way
from disputedesk.model.ids import CaseId, FactName, RuleId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem

TODAY = dt.date(2026, 11, 23)
NUMBER = "8190000000000001"
CARD = "4111 1111 1111 1111"
ENDS = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def a_case(desk, problem=Problem.DAMAGED, *, client=None, **facts):
    new = NewOrder(
        platform="aliexpress", number=NUMBER, title="Glass lamp", shop="A shop",
        total=Money.of("43.10", "USD"), client=client,
        facts={FactName(name): value for name, value in facts.items()},
    )  # fmt: skip
    order_id = add_order(desk, new).value
    return open_case(desk, order_id, problem=problem).value


def states(desk, case_id):
    return {view.id: view.state for view in prompts_for(desk, case_id)}


def asked(desk, case_id):
    return [view.id for view in prompts_for(desk, case_id) if view.state is PromptState.OPEN]


def picture(colour="red", size=(60, 40), *, text="", camera=False):
    image = Image.new("RGB", size, colour)
    if text:
        ImageDraw.Draw(image).text((5, 5), text, fill="black")
    exif = Image.Exif()
    if camera:
        exif[271], exif[272] = "Maker", "Phone 12"
    data = io.BytesIO()
    image.save(data, "JPEG", exif=exif)
    return data.getvalue()


def kept(tmp_path, name, data=None):
    path = tmp_path / name
    path.write_bytes(data if data is not None else picture(camera=True))
    return path


# -- prompts


def test_a_prompt_is_answered_by_an_exhibit_of_its_kind_and_open_again_without_it(desk, tmp_path):
    case_id = a_case(desk)
    assert states(desk, case_id)["packaging"] is PromptState.OPEN
    (exhibit,) = add_evidence(desk, case_id, [kept(tmp_path, "a.jpg")]).value
    assert states(desk, case_id)["packaging"] is PromptState.OPEN
    set_exhibit(desk, exhibit, kind="packaging")
    assert states(desk, case_id)["packaging"] is PromptState.ANSWERED
    remove_exhibit(desk, exhibit)
    assert states(desk, case_id)["packaging"] is PromptState.OPEN


def test_the_photo_of_a_fault_ticks_the_checklists_photo(desk, tmp_path):
    case_id = a_case(desk, received_on=dt.date(2026, 11, 20), protection_ends_at=ENDS)
    photos = [c for c in case_detail(desk, case_id).checks if c.item.exhibit == "photo"]
    assert photos
    assert not any(check.done for check in photos)
    (exhibit,) = add_evidence(desk, case_id, [kept(tmp_path, "a.jpg")]).value
    set_exhibit(desk, exhibit, kind="fault")
    assert all(c.done for c in case_detail(desk, case_id).checks if c.item.exhibit == "photo")


def test_the_most_urgent_goes_first_with_the_last_day_the_facts_tell(desk):
    ends = dt.datetime(2026, 11, 26, 7, 59, tzinfo=dt.UTC)
    case_id = a_case(desk, protection_ends_at=ends)
    first = prompts_for(desk, case_id)[0]
    assert (first.id, first.last_day) == ("timer", dt.date(2026, 11, 26))
    unknown = {view.id for view in prompts_for(desk, case_id) if view.last_day is None}
    assert {"chat", "listing", "packaging", "fault"} & unknown == {"chat", "packaging", "fault"}


def test_the_day_of_an_instant_is_the_buyers_own(desk):
    ends = dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)
    case_id = a_case(desk, protection_ends_at=ends, consumer_zone="Asia/Almaty")
    timer = next(view for view in prompts_for(desk, case_id) if view.id == "timer")
    assert timer.last_day == dt.date(2026, 11, 27)


def test_goods_that_went_back_cannot_be_photographed_and_ask_for_the_receipt(desk):
    case_id = a_case(desk, received_on=dt.date(2026, 11, 10))
    assert "return_proof" not in states(desk, case_id)
    order = case_detail(desk, case_id).order.id
    set_facts(desk, order, {FactName("returned_on"): dt.date(2026, 11, 20)}, case_id=case_id)
    now = states(desk, case_id)
    assert now["fault"] is PromptState.OVER
    assert now["packaging"] is PromptState.OVER
    assert now["return_proof"] is PromptState.OPEN


def test_after_a_filing_and_a_refusal_their_own_pages_are_asked(desk):
    case_id = a_case(desk, received_on=dt.date(2026, 11, 10), protection_ends_at=ENDS)
    assert not {"dispute_page", "decision"} & states(desk, case_id).keys()
    rule = case_detail(desk, case_id).plan.next_step
    filing = file_step(desk, case_id, rule=RuleId(rule), on=TODAY).value
    assert "dispute_page" in states(desk, case_id)
    assert "timer" not in states(desk, case_id)
    record_answer(desk, filing, Answer(TODAY, "No.", granted=False))
    assert "decision" in asked(desk, case_id)


def test_what_cannot_be_had_is_put_aside_in_the_log_and_undone(desk):
    case_id = a_case(desk)
    outcome = dismiss_prompt(desk, case_id, "packaging")
    assert case_id in outcome.changes.cases
    assert states(desk, case_id)["packaging"] is PromptState.GONE
    assert any("Cannot be had any more" in line.text for line in case_detail(desk, case_id).log)
    undo(desk)
    assert states(desk, case_id)["packaging"] is PromptState.OPEN
    dismiss_prompt(desk, case_id, "packaging")
    dismiss_prompt(desk, case_id, "label")
    ask_again(desk, case_id, "packaging")
    assert states(desk, case_id)["packaging"] is PromptState.OPEN
    assert states(desk, case_id)["label"] is PromptState.GONE


def test_a_name_that_is_no_prompt_is_refused_with_the_names(desk):
    case_id = a_case(desk)
    with pytest.raises(NotFound) as missing:
        dismiss_prompt(desk, case_id, "packagin")
    assert "packaging" in missing.value.remedy


# -- the request


def test_the_request_names_exactly_what_is_missing_with_how_and_when(desk, tmp_path):
    client = set_client(desk, None, NewClient("Anna <Petrova>", language="ru")).value
    case_id = a_case(desk, client=client, protection_ends_at=ENDS)
    (exhibit,) = add_evidence(desk, case_id, [kept(tmp_path, "a.jpg")]).value
    set_exhibit(desk, exhibit, kind="packaging")
    english = request_for(desk, case_id, language="en")
    titles = {view.id: view for view in prompts_for(desk, case_id)}
    for name, view in titles.items():
        missing = view.state is PromptState.OPEN
        assert (view.title in english.text) is missing, name
        assert all(step in english.text for step in view.how) or not missing
        assert (name in english.prompts) is missing
    assert "Hello Anna <Petrova>, thank you" in english.text
    assert "1 Dec 2026" in english.text
    assert "security code" in english.text
    assert english.text.index("Without these") < english.text.index("These would help")
    own = request_for(desk, case_id)
    assert own.language == "ru"
    assert "Здравствуйте, Anna <Petrova>" in own.text
    assert titles["label"].title not in own.text
    assert "Наклейка на посылке" in own.text


def test_the_request_shows_no_card_number_and_speaks_only_known_languages(desk):
    client = set_client(desk, None, NewClient(f"Anna {CARD}")).value
    case_id = a_case(desk, client=client)
    assert CARD not in request_for(desk, case_id).text
    with pytest.raises(Refused, match="does not write"):
        request_for(desk, case_id, language="xx")


def test_a_request_when_nothing_is_missing_only_thanks(desk):
    case_id = a_case(desk)
    for name in asked(desk, case_id):
        dismiss_prompt(desk, case_id, name)
    request = request_for(desk, case_id)
    assert request.prompts == ()
    assert "everything we can use is here" in request.text
    assert "still missing" not in request.text


# -- suggestions


def test_exhibits_are_named_together_and_what_somebody_named_is_left_alone(desk, tmp_path):
    case_id = a_case(desk)
    names = ("box side.jpg", "crack.jpg", "label.jpg", "IMG_1.jpg")
    paths = [kept(tmp_path, name, picture(colour=(60 * n, 9, 9), camera=True))
             for n, name in enumerate(names)]  # fmt: skip
    ids = add_evidence(desk, case_id, paths).value
    set_exhibit(desk, ids[1], kind="size")
    found = {s.exhibit.id: s.kind for s in suggest_kinds(desk, case_id)}
    assert found == {ids[0]: "packaging", ids[2]: "label"}
    name_exhibits(desk, case_id, found)
    kinds = {each.id: each.kind for each in case_detail(desk, case_id).exhibits}
    assert kinds == {ids[0]: "packaging", ids[1]: "size", ids[2]: "label", ids[3]: "photo"}
    assert suggest_kinds(desk, case_id) == ()
    undo(desk)
    assert {s.exhibit.id for s in suggest_kinds(desk, case_id)} == set(found)


def test_a_suggestion_that_was_put_aside_is_not_made_again(desk, tmp_path):
    case_id = a_case(desk)
    add_evidence(desk, case_id, [kept(tmp_path, "box.jpg")])
    (suggestion,) = suggest_kinds(desk, case_id)
    set_aside(desk, case_id, suggestion.mark)
    assert suggest_kinds(desk, case_id) == ()
    assert "packaging" in asked(desk, case_id), "only the suggestion is put aside"
    undo(desk)
    assert suggest_kinds(desk, case_id) != ()


def test_nothing_of_another_case_can_be_named(desk, tmp_path):
    case_id = a_case(desk)
    (exhibit,) = add_evidence(desk, case_id, [kept(tmp_path, "box.jpg")]).value
    order = add_order(desk, NewOrder("ebay", "2", "Lamp")).value
    other = open_case(desk, order, problem=Problem.DAMAGED).value
    with pytest.raises(NotFound):
        name_exhibits(desk, other, {exhibit: "label"})


RANT = (
    "Hello! I am so angry. I paid 23.90 USD on 2 November 2026 and it came broken.\n"
    f"Order number {NUMBER}. I wrote to the seller on 03/04/2026.\n"
)


def rant(text=RANT, pictures=(), subject="My broken lamp"):
    mail = EmailMessage()
    mail["From"], mail["To"] = "anna@example.org", "help@example.org"
    mail["Subject"], mail["Date"] = subject, "Fri, 20 Nov 2026 10:00:00 +0100"
    mail.set_content(text)
    for name, data in pictures:
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    return mail.as_bytes()


def test_what_a_mail_says_is_asked_and_recorded_with_the_mail_as_its_source(desk, tmp_path):
    case_id = a_case(desk)
    add_evidence(desk, case_id, [kept(tmp_path, "rant.eml", rant())])
    before = case_detail(desk, case_id).order
    views = {view.fact: view for view in mentions_of(desk, case_id)}
    assert case_detail(desk, case_id).order == before, "nothing is recorded by itself"
    paid = views["transaction_date"]
    assert paid.values == (dt.date(2026, 11, 2),)
    assert "Record it?" in paid.sentence
    assert views["amount"].values == (Money.of("23.90", "USD"),)
    assert views["amount"].known == "US$\u00a043.10"
    asked_on = views["contacted_seller_on"]
    assert asked_on.is_asked
    assert set(asked_on.values) == {dt.date(2026, 3, 4), dt.date(2026, 4, 3)}
    record_mention(desk, case_id, paid.exhibit.id, paid.fact, paid.values[0])
    with desk.store.snapshot() as rows:
        facts = {f.name: f for f in rows.facts.current(before.id, case_id)}
    assert facts["transaction_date"].source.evidence == paid.exhibit.evidence.id
    assert "transaction_date" not in {view.fact for view in mentions_of(desk, case_id)}
    undo(desk)
    assert "transaction_date" in {view.fact for view in mentions_of(desk, case_id)}


def test_taking_back_what_was_made_unknown_brings_its_source_back(desk, tmp_path):
    case_id = a_case(desk)
    (exhibit,) = add_evidence(desk, case_id, [kept(tmp_path, "rant.eml", rant())]).value
    day, paid = dt.date(2026, 11, 2), FactName("transaction_date")
    record_mention(desk, case_id, exhibit, paid, day)
    order = case_detail(desk, case_id).order.id
    set_facts(desk, order, {paid: None}, case_id=case_id)
    undo(desk)
    with desk.store.snapshot() as rows:
        (fact,) = [f for f in rows.facts.current(order, case_id) if f.name == paid]
        evidence = rows.exhibits.get(exhibit).evidence.id
    assert (fact.value, fact.source.evidence) == (day, evidence)


def test_a_day_still_to_come_is_not_offered_for_what_has_happened(desk, tmp_path):
    case_id = a_case(desk)
    text = "I paid on 2 December 2026. It was ordered on 31.12.2027.\n"
    add_evidence(desk, case_id, [kept(tmp_path, "rant.eml", rant(text))])
    assert mentions_of(desk, case_id) == ()


def test_files_outside_a_case_name_their_order_by_its_number_or_its_parcel(desk, tmp_path):
    case_id = a_case(desk)
    mail = kept(tmp_path, "rant.eml", rant())
    named = kept(tmp_path, f"order {NUMBER}.jpg")
    strange = kept(tmp_path, "IMG_1.jpg")
    gone = tmp_path / "gone.eml"
    guesses = whose_files(desk, [mail, named, strange, gone])
    assert [guess.order.number if guess.order else "" for guess in guesses] == [
        NUMBER, NUMBER, "", "",
    ]  # fmt: skip
    assert [case.id for case in guesses[0].cases] == [case_id]
    close_case(desk, case_id, outcome=CaseOutcome.ABANDONED)
    assert whose_files(desk, [mail])[0].cases == ()


def test_a_file_that_names_two_orders_belongs_to_none(desk, tmp_path):
    a_case(desk)
    add_order(desk, NewOrder("aliexpress", "8190000000000002", "Other"))
    text = f"Orders {NUMBER} and 8190000000000002."
    (guess,) = whose_files(desk, [kept(tmp_path, "two.eml", rant(text))])
    assert guess.order is None


@pytest.mark.parametrize("piece", ["a.", "order-", "1-", "A1"])
def test_a_file_made_to_be_slow_is_looked_through_in_a_moment(desk, tmp_path, piece):
    a_case(desk)
    mail = kept(tmp_path, "slow.eml", rant(piece * (60_000 // len(piece))))
    begun = time.monotonic()
    whose_files(desk, [mail])
    assert time.monotonic() - begun < 20


# -- stills

needs_ffmpeg = pytest.mark.skipif(not stills.has_reader(), reason="ffmpeg is not installed")


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("films") / "fault.mp4"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i",
         "testsrc=size=64x48:rate=5:duration=4", "-metadata",
         "creation_time=2026-11-02T10:00:00Z", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


@needs_ffmpeg
def test_stills_become_exhibits_that_say_where_they_came_from(desk, film):
    case_id = a_case(desk, Problem.DEFECTIVE)
    (source,) = add_evidence(desk, case_id, [film]).value
    before = film.read_bytes()
    moments = [dt.timedelta(seconds=1), dt.timedelta(seconds=2.5)]
    outcome = keep_stills(desk, source, moments)
    assert film.read_bytes() == before
    exhibits = case_detail(desk, case_id).exhibits
    assert [each.number for each in exhibits] == [1, 2, 3]
    assert [each.id for each in exhibits[1:]] == list(outcome.value)
    still = exhibits[1].evidence
    assert still.media_type == "image/png"
    assert still.captured_at == dt.datetime(2026, 11, 2, 10, 0, 1, tzinfo=dt.UTC)
    with desk.store.snapshot() as rows:
        (made,) = rows.derivations.of_evidence(still.id)
        (arrival,) = rows.arrivals.of_evidence(still.id)
    assert (made.how, made.origin) == (Derived.STILL, exhibits[0].evidence.id)
    assert json.loads(made.detail) == {"at_ms": 1000}
    assert arrival.way is Way.MADE
    keep_stills(desk, source, moments[:1])
    assert len(case_detail(desk, case_id).exhibits) == 3, "the same moment is there once"
    undo(desk, outcome.undo)
    assert len(case_detail(desk, case_id).exhibits) == 1


@needs_ffmpeg
def test_a_moment_outside_the_film_keeps_nothing_at_all(desk, film):
    case_id = a_case(desk, Problem.DEFECTIVE)
    (source,) = add_evidence(desk, case_id, [film]).value
    with pytest.raises(Refused, match="only 0:04 long"):
        keep_stills(desk, source, [dt.timedelta(seconds=1), dt.timedelta(seconds=9)])
    with pytest.raises(Refused, match="No moment"):
        keep_stills(desk, source, [])
    assert len(case_detail(desk, case_id).exhibits) == 1


# -- the commands


def run(capsys, desk, *words):
    status = main(["--desk", str(desk.folder), "--today", TODAY.isoformat(), *words])
    return status, capsys.readouterr().out


def test_the_commands_say_what_to_capture_and_write_the_request(desk, tmp_path, capsys):
    a_case(desk)
    status, out = run(capsys, desk, "case", "show", "1001")
    assert status == 0
    assert "Still to capture while you can" in out
    assert "The packaging from all sides" in out
    status, out = run(capsys, desk, "case", "prompts", "1001", "--gone", "packaging")
    assert "cannot be had any more" in out
    target = tmp_path / "request.txt"
    status, out = run(capsys, desk, "case", "ask", "1001", "--in", "ru", "--to", str(target))
    assert status == 0
    text = target.read_text("utf-8")
    assert "Здравствуйте" in text
    assert "Упаковка" not in text, "what cannot be had is not asked for"
    status, out = run(capsys, desk, "case", "ask", "1001", "--json")
    assert json.loads(out)["language"] == "en"


@needs_ffmpeg
def test_the_commands_sort_ask_and_take_stills(desk, film, tmp_path, capsys):
    a_case(desk)
    files = [str(kept(tmp_path, "box.jpg")), str(kept(tmp_path, "r.eml", rant())), str(film)]
    run(capsys, desk, "evidence", "add", "1001", *files)
    _, out = run(capsys, desk, "evidence", "sort", "1001", "--take")
    assert "Packaging" in out
    _, out = run(capsys, desk, "evidence", "says", "1001")
    assert "23.90" in out
    _, out = run(capsys, desk, "evidence", "whose", files[1])
    assert NUMBER in out
    assert "case 1001" in out
    status, out = run(capsys, desk, "evidence", "still", "1001", "3", "--at", "0:01")
    assert (status, "1 still added" in out) == (0, True)
    status, _ = run(capsys, desk, "evidence", "still", "1001", "9", "--at", "0:01")
    assert status == 3


# -- story 12


def test_seventeen_pictures_and_a_rant_in_one_drop(desk, tmp_path):
    client = set_client(desk, None, NewClient("Anna", language="en")).value
    case_id = a_case(desk, client=client)
    names = [
        "box front.jpg", "box back.jpg", "crack.jpg", "crack close.jpg", f"card {CARD}.jpg",
        *(f"IMG_{n}.jpg" for n in range(8)),
    ]  # fmt: skip
    pictures = [
        (name, picture(colour=(10 * n, 80, 90), camera=True,
                       text=CARD if "card" in name else ""))
        for n, name in enumerate(names)
    ]  # fmt: skip
    pictures += [(f"copy {n}.jpg", pictures[n][1]) for n in range(4)]
    assert len(pictures) == 17
    mail = kept(tmp_path, "rant.eml", rant(RANT + f"My card is {CARD}.\n", pictures))
    before = mail.read_bytes()

    (guess,) = whose_files(desk, [mail])
    assert [case.id for case in guess.cases] == [case_id]
    add_files(desk, CaseId(guess.cases[0].id), [mail], way=Way.DROP)

    assert mail.read_bytes() == before, "the original is untouched"
    exhibits = case_detail(desk, case_id).exhibits
    assert len(exhibits) == 1 + 13, "the mail and each picture once"
    assert len({each.evidence.sha256 for each in exhibits}) == 14
    assert not any(CARD in each.evidence.name for each in exhibits)

    found = {s.exhibit.evidence.name: s.kind for s in suggest_kinds(desk, case_id)}
    assert found == {
        "box front.jpg": "packaging", "box back.jpg": "packaging",
        "crack.jpg": "fault", "crack close.jpg": "fault",
    }  # fmt: skip
    name_exhibits(desk, case_id, {s.exhibit.id: s.kind for s in suggest_kinds(desk, case_id)})

    views = mentions_of(desk, case_id)
    assert {"transaction_date", "amount"} <= {view.fact for view in views}
    assert not any(CARD in view.around for view in views)

    request = request_for(desk, case_id)
    assert request.language == "en"
    assert not {"packaging", "fault", "chat"} & set(request.prompts)
    assert {"label", "order_page"} <= set(request.prompts)
    assert "The shipping label with number and weight" in request.text
    assert CARD not in request.text
