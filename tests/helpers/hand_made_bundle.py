"""A small bundle made by hand to the agreed conventions, and the ways to spoil one thing in it.

It shares no code with the writer: what it says, the checklist must be able to read.
"""

import hashlib
import io
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
WIDTH, HEIGHT = 595.28, 841.89
MM = 72 / 25.4
RIGHT = WIDTH - 20 * MM
PAN = "4111 1111 1111 1111"
TITLE = "Bundle for case 1001: Lamp"

FILES = {
    1: ("order.txt", b"order page"),
    2: ("tracking.png", b"tracking page"),
    3: ("chat.txt", "Переписка".encode()),
}
CAPTIONS = {1: "Order page", 2: "Tracking page", 3: "Messages with the seller"}
DAYS = {1: "10 February 2026", 2: "24 February 2026", 3: "22 March 2026"}
SPANS = {1: (5, 5), 2: (6, 7), 3: (8, 8)}
PAGES = 9
TRANSLATIONS = {
    "translation without a name": "Translation of exhibit 2",
    "translation far away": "Machine translation of exhibit 1",
    "translation well done": "Machine translation of exhibit 2",
}


def manifest_lines(files=FILES):
    return [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in files.values()]


def manifest_hash(lines):
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def a_screenshot(dpi=150, width_points=400, exif=b"", words="Departed from sorting centre"):
    side = round(width_points / 72 * dpi)
    picture = Image.new("RGB", (side, side // 2), "white")
    ImageDraw.Draw(picture).text((10, 10), words, fill="black", font_size=24)
    out = io.BytesIO()
    picture.save(out, "JPEG" if exif else "PNG", **({"exif": exif} if exif else {}))
    return out.getvalue()


class HandMade:
    """Draws the pages one after another; `spoil` names what is to be wrong."""

    def __init__(self, spoil="", fonts=("Hand", "HandBold")):
        self.spoil = spoil
        self.out = io.BytesIO()
        for name, file in (
            ("Hand", "NotoSans-Regular.ttf"),
            ("HandBold", "NotoSans-Bold.ttf"),
            ("HandOther", "DejaVuSans.ttf"),
        ):
            pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
        self.regular, self.bold = fonts
        self.canvas = Canvas(self.out, pagesize=(WIDTH, HEIGHT), invariant=1,
                             initialFontName=self.regular)  # fmt: skip
        self.page = 1
        self.rows = []
        self.lines = manifest_lines()

    def write(self, x, y, text, size=10.0, *, bold=False, right=False):
        self.canvas.setFont(self.bold if bold else self.regular, size)
        (self.canvas.drawRightString if right else self.canvas.drawString)(x, y, text)

    def end(self, exhibit=None):
        """The stamp, and the next page."""
        word = f"Exhibit {exhibit} · " if exhibit else ""
        if self.spoil == "exhibit on a foreign page" and self.page == 7:
            word = "Exhibit 3 · "
        self.disturb()
        pages, number, x, size = self.stamp()
        text = f"{word}{number} · page {self.page} of {pages}"
        if not (self.spoil == "stamp missing" and self.page == 7):
            self.write(x, 9.5 * MM, text, size, bold=True, right=True)
        self.canvas.showPage()
        self.page += 1

    def stamp(self):
        """Pages, bundle, right edge and size of this page's stamp."""
        fourth = self.spoil if self.page == 4 else ""
        return (
            PAGES + (fourth == "stamp counts other"),
            "DD-1002-1" if fourth == "stamp of another bundle" else "DD-1001-1",
            RIGHT - (90 if fourth == "stamp elsewhere" else 0),
            6 if fourth == "stamp small" else 8.5,
        )

    def disturb(self):
        """Draws over the place of the stamp."""
        if self.spoil == "stamp over text" and self.page == 5:
            self.write(RIGHT - 100, 9.5 * MM + 2, "words of the exhibit", 9)
        if self.spoil == "stamp over picture" and self.page == 6:
            self.canvas.setFillGray(0.5)
            self.canvas.rect(RIGHT - 100, 0, 90, 60, stroke=0, fill=1)
            self.canvas.setFillGray(0)

    def cover(self):
        told = PAGES + 3 if self.spoil == "cover counts other" else PAGES
        version = "DD-1001-1" if self.spoil != "cover without number" else ""
        sha = manifest_hash(self.lines)
        shown = "0" * 64 if self.spoil == "cover shows another hash" else sha
        for row, text in enumerate((TITLE, f"Bundle {version}", "Version 1", f"{told} pages",
                                    "3 exhibits", "Made on 4 May 2026")):  # fmt: skip
            self.write(20 * MM, 700 - 20 * row, text, 16 if not row else 11)
        self.write(20 * MM, 500, f"SHA-256 of the manifest {shown}", 7.5)
        if self.spoil == "faint words":
            self.canvas.setFillGray(0.93)
            self.write(20 * MM, 400, "This remark is nearly white on white paper", 11)
            self.canvas.setFillGray(0)
        self.end()

    def letter(self):
        cited = {"cites a page that is not its": "[Exhibit 2, page 8]",
                 "cites a missing exhibit": "[Exhibit 9, page 6]"}  # fmt: skip
        self.write(20 * MM, 700, "Dear Sir or Madam,")
        self.write(20 * MM, 680, "1. The lamp was ordered on 10 February 2026 for USD 43.10. "
                                 "[Exhibit 1, page 5]")  # fmt: skip
        self.write(20 * MM, 660, "2. The parcel has not moved since. "
                   + cited.get(self.spoil, "[Ex. 2, p. 7]"))  # fmt: skip
        if self.spoil == "card number in the letter":
            self.write(20 * MM, 640, f"Card number {PAN}")
        self.write(20 * MM, 600, "Enclosures (copies; I keep the originals)", bold=True)
        for number, caption in CAPTIONS.items():
            if self.spoil == "enclosure missing" and number == 3:
                continue
            self.write(20 * MM, 600 - 15 * number, f"{number}. {caption}, page {SPANS[number][0]}")
        self.end()

    def index(self):
        self.write(20 * MM, 760, "Index of exhibits", 15, bold=True)
        y = 720
        for number, (first, _) in SPANS.items():
            if self.spoil == "exhibit not listed" and number == 3:
                continue
            self.row(number, y)
            self.rows.append((first, (20 * MM, y - 16, RIGHT, y + 12)))
            y -= 40
        told = PAGES - 1 if self.spoil == "index counts other" else PAGES
        if self.spoil != "index counts nothing":
            self.write(20 * MM, y, f"This bundle has {told} pages.", 9)
        self.end()

    def row(self, number, y):
        first, last = SPANS[number]
        if self.spoil == "ranges overlap" and number == 2:
            last = 8
        caption = TRANSLATIONS.get(self.spoil, CAPTIONS[3]) if number == 3 else CAPTIONS[number]
        remark = " · picture, no text to search" if number == 2 else ""
        if self.spoil == "picture without a word":
            remark = ""
        day = "" if self.spoil == "no dates" else f" · file of {DAYS[number]}"
        self.write(20 * MM, y, str(number), 11, bold=True)
        self.write(34 * MM, y, caption)
        self.write(34 * MM, y - 12, f"{FILES[number][0]}{day}{remark}", 8)
        self.write(RIGHT, y, str(first) if first == last else f"{first}–{last}", right=True)

    def chronology(self):
        self.write(20 * MM, 760, "Chronology", 15, bold=True)
        self.write(20 * MM, 720, "10 February 2026   ordered and paid, USD 43.10")
        self.end()

    def exhibit(self, number):
        first, last = SPANS[number]
        name = FILES[number][0]
        for page in range(first, last + 1):
            head = f"Exhibit {number}: {CAPTIONS[number]}" if page == first else (
                f"Exhibit {number}, continued")  # fmt: skip
            if self.spoil == "no head" and number == 2 and page == first:
                head = "Something else"
            self.write(20 * MM, 790, head, 12, bold=True)
            zone = "" if self.spoil == "time without zone" else " (UTC+02:00)"
            self.write(20 * MM, 775, f"{name} · captured {DAYS[number]}, 18:20{zone}", 8)
            if number == 2:
                self.picture(page)
            else:
                words = "Здравствуйте, где посылка?" if number == 3 else "You ordered one lamp."
                if number == 3:
                    self.canvas.setFont("HandOther", 10)
                    self.canvas.drawString(20 * MM, 700, words)
                else:
                    self.write(20 * MM, 700, words)
                self.redactions(number)
            self.end(number)

    def redactions(self, number):
        spoil, canvas = self.spoil, self.canvas
        if number != 1:
            return
        if spoil in {"box over words", "white box over words"}:
            self.write(20 * MM, 650, "Recipient: Jane Sample, 12 Long Lane")
            canvas.setFillGray(0 if spoil == "box over words" else 1)
            canvas.rect(19 * MM, 645, 250, 18, stroke=0, fill=1)
            canvas.setFillGray(0)
        if spoil == "dark label":
            canvas.rect(19 * MM, 645, 250, 18, stroke=0, fill=1)
            canvas.setFillGray(1)
            self.write(20 * MM, 650, "Order confirmed")
            canvas.setFillGray(0)

    def picture(self, page):
        dpi = {"coarse picture": 60}.get(self.spoil, 150)
        canvas = self.canvas
        words = f"Card {PAN}" if self.spoil == "card number in a picture" else "Departed"
        data = ImageReader(io.BytesIO(a_screenshot(dpi, words=words)))
        canvas.saveState()
        if self.spoil == "mirrored picture":
            canvas.transform(-1, 0, 0, 1, 2 * 80 + 400, 0)
        canvas.drawImage(data, 80, 450, 400, 200)
        canvas.restoreState()
        if self.spoil == "box over a picture" and page == 6:
            canvas.setFillGray(0)
            canvas.rect(100, 500, 80, 20, stroke=0, fill=1)

    def manifest(self):
        self.write(20 * MM, 760, "Manifest", 15, bold=True)
        lines = list(self.lines)
        if self.spoil == "manifest changed":
            lines[1] = lines[1].replace(lines[1][:8], "01234567")
        if self.spoil == "manifest too short":
            lines = lines[:2]
        for row, line in enumerate(lines):
            self.write(20 * MM, 730 - 14 * row, line, 8)
        self.end()

    def finish(self, path):
        self.canvas.save()
        document = pikepdf.open(io.BytesIO(self.out.getvalue()))
        self.describe(document)
        self.link(document)
        self.mark(document)
        self.spoil_file(document)
        options = {"encryption": pikepdf.Encryption(owner="x", user="")} if (
            self.spoil == "encrypted") else {}  # fmt: skip
        if self.spoil == "password":
            options = {"encryption": pikepdf.Encryption(owner="x", user="y")}
        document.save(path, **options, **({} if options else {"deterministic_id": True}))
        if self.spoil == "earlier version inside":
            data = path.read_bytes()
            tail = data[data.rindex(b"startxref") :]
            path.write_bytes(data + b"\n% changed\n" + tail)
        return path

    def describe(self, document):
        spoil, info = self.spoil, document.docinfo
        for name in ("/Author", "/Creator", "/Subject", "/Keywords", "/Trapped"):
            if name in info:
                del info[name]
        info["/Title"] = TITLE
        info["/Producer"] = "DisputeDesk"
        info["/DeskBundle"] = "DD-1001-1"
        info["/DeskVersion"] = "1"
        lines = self.lines[:2] if spoil == "manifest too short" else self.lines
        info["/DeskManifest"] = manifest_hash(lines)
        if spoil == "named author":
            info["/Author"] = "Jane Sample"
        if spoil == "card number in the title":
            info["/Title"] = f"Card {PAN}"
        if spoil != "no language":
            document.Root.Lang = "en"
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            if spoil != "no title":
                told["dc:title"] = TITLE
            told["dc:language"] = {"en"}
            if spoil == "archive in vain":
                told["pdfaid:part"] = "2"
                told["pdfaid:conformance"] = "B"
        if spoil == "no creation date":
            del info["/CreationDate"]

    def link(self, document):
        index = document.pages[2]
        annotations = pikepdf.Array()
        for first, box in self.rows:
            target = 9 if self.spoil == "link elsewhere" and first == 6 else first
            sheet = document.pages[target - 1]
            annotations.append(document.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=list(box),
                Border=[0, 0, 0], Dest=pikepdf.Array([sheet.obj, pikepdf.Name.XYZ, 0, HEIGHT, 0]),
            )))  # fmt: skip
        index.Annots = annotations

    def mark(self, document):
        if self.spoil == "no outline":
            return
        aim = 9 if self.spoil == "outline elsewhere" else 5
        with document.open_outline() as outline:
            item = pikepdf.OutlineItem
            exhibits = [item(f"Exhibit {n}: {CAPTIONS[n]}, page {first}",
                             (aim if n == 1 else first) - 1)
                        for n, (first, _) in SPANS.items()
                        if not (self.spoil == "exhibit not in the outline" and n == 3)]  # fmt: skip
            section = item("Order and messages, page 5", 4)
            section.children.extend(exhibits)
            outline.root += [item("Cover, page 1", 0), item("Letter, page 2", 1),
                             item("Index, page 3", 2), item("Chronology, page 4", 3),
                             section, item("Manifest, page 9", 8)]  # fmt: skip

    def spoil_file(self, document):
        SPOILERS.get(self.spoil, lambda _document: None)(document)


Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array


def over(page, **entries):
    """Puts an annotation over the words of a page."""
    page.Annots = Array([Dictionary(Type=Name.Annot, Rect=[60, 690, 200, 710], F=4, **entries)])


def add_script(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def add_address(document):
    action = Dictionary(S=Name.URI, URI="https://example.org/x")
    over(document.pages[4], Subtype=Name.Link, A=action)


def add_place(document):
    (picture,) = document.pages[5].Resources.XObject.values()
    told = Image.Exif()
    told[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    picture.write(a_screenshot(exif=told.tobytes()), filter=Name.DCTDecode)


def lose_letters(document):
    for font in document.pages[7].Resources.Font.values():
        if "DejaVu" in str(font.BaseFont):
            del font["/ToUnicode"]


def add_layer(document):
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="under"))
    document.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))


def add_thumbnail(document):
    document.pages[5].Thumb = document.make_stream(
        b"\0", Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )


def make_higher(document):
    document.pages[4].MediaBox = Array([0, 0, WIDTH, HEIGHT + 60])


def attach(document, **files):
    for name, data in files.items():
        document.attachments[name] = data


SPOILERS = {
    "script": add_script,
    "link to the web": add_address,
    "page added": lambda document: document.pages.append(document.pages[3]),
    "place in a picture": add_place,
    "letters of another font": lose_letters,
    "hidden layer": add_layer,
    "thumbnail": add_thumbnail,
    "note over words": lambda d: over(d.pages[4], Subtype=Name.Square, IC=[0, 0, 0]),
    "other sheet": make_higher,
    "attachment not listed": lambda d: attach(d, order=b"another order page"),
    "attachments": lambda d: attach(d, **dict(FILES.values())),
    "card number in an attachment's name": lambda d: attach(d, **{f"{PAN}.txt": FILES[1][1]}),
}


def make(path, spoil="", **options):
    """The bundle as a file; `spoil` names what is wrong with it, empty for nothing."""
    bundle = HandMade(spoil, **options)
    bundle.cover()
    bundle.letter()
    bundle.index()
    bundle.chronology()
    for number in SPANS:
        bundle.exhibit(number)
    bundle.manifest()
    return bundle.finish(path)
