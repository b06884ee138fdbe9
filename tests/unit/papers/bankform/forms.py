"""Banks' forms as banks make them, well and badly: fields of every kind on pages of every kind."""

import datetime as dt
import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from disputedesk.model.bank_form import BankField
from disputedesk.papers.bankform.filling import fill_form
from disputedesk.papers.bankform.places import places_of
from disputedesk.papers.bankform.reading import read_form
from disputedesk.papers.bankform.telling import Known
from disputedesk.papers.values import Value, Values

STAMP = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
A4 = (0, 0, 595, 842)
MULTI_LINE, COMB, PASSWORD, RADIO, PUSH, COMBO = (
    1 << 12,
    1 << 24,
    1 << 13,
    1 << 15,
    1 << 16,
    1 << 17,
)
READ_ONLY, REQUIRED = 1, 2


class Paper:
    """A form in the making; coordinates are the file's own points."""

    def __init__(self, *pages, size=A4):
        self.pdf = pikepdf.new()
        for _ in pages or (None,):
            self.pdf.add_blank_page(page_size=(size[2], size[3]))
        self.fields = []
        self.pdf.Root.AcroForm = self.pdf.make_indirect(Dictionary(Fields=Array()))

    def add(self, page=0, rect=(100, 700, 300, 720), **more):
        """A field with one face, in its one object."""
        entries = {"Type": Name.Annot, "Subtype": Name.Widget, "Rect": Array(rect), "F": 4}
        face = self.pdf.make_indirect(Dictionary(**{**entries, **more}))
        self._put(page, face)
        if "Parent" not in more:
            self.pdf.Root.AcroForm.Fields.append(face)
        return face

    def group(self, name, **more):
        """A field that has faces or fields below it."""
        made = self.pdf.make_indirect(Dictionary(T=name, Kids=Array(), **more))
        self.pdf.Root.AcroForm.Fields.append(made)
        return made

    def text(self, name, page=0, rect=(100, 700, 300, 720), **more):
        return self.add(page, rect, FT=Name.Tx, T=name, **more)

    def tick(self, name, page=0, rect=(100, 600, 112, 612), on="Yes", **more):
        look = self.pdf.make_stream(b"", BBox=Array([0, 0, 12, 12]), Subtype=Name.Form)
        faces = Dictionary({f"/{on}": look, "/Off": look})
        return self.add(
            page, rect, FT=Name.Btn, T=name, AS=Name.Off, AP=Dictionary(N=faces), **more
        )

    def _put(self, page, face):
        sheet = self.pdf.pages[page].obj
        if "/Annots" not in sheet:
            sheet.Annots = Array()
        sheet.Annots.append(face)

    def write(self, page, text, at=(100, 750), size=12):
        """Prints words on a page."""
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        sheet = self.pdf.pages[page]
        sheet.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        words = f"BT /F1 {size} Tf {at[0]} {at[1]} Td ({text}) Tj ET".encode("latin-1")
        sheet.contents_add(self.pdf.make_stream(words))

    def data(self, **options):
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id="encryption" not in options, **options)
        return out.getvalue()


def known(days=None, sums=None, **texts):
    """What is known, as words."""
    values = Values({name: Value(text) for name, text in texts.items()})
    return Known(values, days or {}, sums or {})


def filled(data, what=None, sources=None, extra=()):
    """The form filled: `sources` by field name, or by name and on-state."""
    file = read_form(data, "form.pdf")
    kept = []
    for at, field in enumerate(file.fields, 1):
        said = (sources or {}).get(
            (field.name, field.on_state), (sources or {}).get(field.name, "")
        )
        source, when = said if isinstance(said, tuple) else (said, "")
        kept.append(
            BankField(at, 1, field.name, field.page, field.box, source, 0, field.on_state, when)
        )
    return fill_form(
        data,
        file,
        places_of(file, (*kept, *extra)),
        what or known(),
        title="Dispute form",
        language="en",
        stamp=STAMP,
    )
