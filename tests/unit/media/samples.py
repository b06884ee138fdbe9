"""Small files of every kind with words put into them; hostile ones are made here too."""

import functools
import io
import json
import zipfile
import zlib

import pikepdf
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin
from reportlab.pdfgen import canvas

from disputedesk.common import locations

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*pages, author="", rotate=0):
    """A PDF with a line of text on each page; a page that is a picture is drawn as one."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(600, 800), invariant=1)
    if author:
        paper.setAuthor(author)
    for page in pages:
        if isinstance(page, str):
            paper.drawString(60, 700, page)
        else:
            paper.drawInlineImage(page, 50, 300, 500, 150)
        paper.showPage()
    paper.save()
    if not rotate:
        return out.getvalue()
    with pikepdf.open(out) as source:
        for page in source.pages:
            page.rotate(rotate, relative=False)
        turned = io.BytesIO()
        source.save(turned)
    return turned.getvalue()


def locked_pdf(said):
    """A PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(said))) as source:
        source.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def pdf_with_note(said):
    """A PDF with one page and a note on it."""
    with pikepdf.open(io.BytesIO(pdf("nothing here"))) as source:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 20, 20],
            Contents=pikepdf.String(said),
        )  # fmt: skip
        source.pages[0].Annots = pikepdf.Array([source.make_indirect(note)])
        out = io.BytesIO()
        source.save(out)
    return out.getvalue()


def pdf_enclosing(name, data):
    """A PDF with a file inside."""
    with pikepdf.open(io.BytesIO(pdf("see the enclosed file"))) as source:
        source.attachments[name] = data
        out = io.BytesIO()
        source.save(out)
    return out.getvalue()


@functools.cache
def packed_spaces():
    """400 MB of nothing, packed."""
    packer = zlib.compressobj(1)
    block = b" " * (1 << 20)
    return b"".join(packer.compress(block) for _ in range(400)) + packer.flush()


def flate_bomb(*, hidden=False):
    """A PDF whose one page unpacks to 400 MB."""
    packed = packed_spaces()
    made = pikepdf.new()
    made.add_blank_page()
    stream = pikepdf.Stream(made, b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    if hidden:
        chain = [pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode]
        stream.write(packed.hex().encode() + b">", filter=pikepdf.Array(chain))
    made.pages[0].Contents = stream
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def echoes(levels, width, *, hidden=False):
    """A PDF of two kilobytes whose one page draws `width` to the power of `levels` parts."""
    made = pikepdf.new()
    made.add_blank_page()
    part = pikepdf.Stream(made, b"0 0 m")
    for level in range(levels + 1):
        if level:
            inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=part))
            part = pikepdf.Stream(made, b"/X Do " * width)
            part.Resources = inner
            if hidden:
                part.write((b"/X Do " * width).hex().encode() + b">",
                           filter=pikepdf.Name.ASCIIHexDecode)  # fmt: skip
        part.Type, part.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        part.BBox = [0, 0, 600, 800]
        part = made.make_indirect(part)
    page = made.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=part))
    page.Contents = made.make_stream(b"/X Do")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(*runs, author="", extra=None):
    """A Word file with one paragraph, cut into runs as Word cuts it."""
    body = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    document = f"<w:document {_W}><w:body><w:p>{body}</w:p></w:body></w:document>"
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": document,
        "docProps/core.xml": f"<c><creator>{author}</creator></c>",
        **(extra or {}),
    })  # fmt: skip


def sheet(*cells):
    """A table of one row; numbers stand in it as Excel keeps them."""
    row = "".join(f"<c><v>{cell}</v></c>" for cell in cells)
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "xl/worksheets/sheet1.xml": f"<worksheet><row>{row}</row></worksheet>",
    })  # fmt: skip


def lettered(text, size=(1000, 300)):
    """A picture with words drawn on it."""
    image = Image.new("RGB", size, "white")
    font = ImageFont.truetype(str(locations.resources("fonts", "NotoSans-Regular.ttf")), 44)
    ImageDraw.Draw(image).text((40, 60), text, font=font, fill="black")
    return image


def picture(kind="PNG", *, comment="", exif="", text="", size=(40, 30)):
    """A picture's bytes with remarks."""
    image = lettered(text) if text else Image.new("RGB", size, "white")
    out = io.BytesIO()
    options = {}
    if comment and kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", comment, zip=True)
        options["pnginfo"] = info
    elif comment:
        options["comment"] = comment
    if exif:
        data = Image.Exif()
        data[0x9286] = b"UNICODE\0" + exif.encode("utf-16-le")
        options["exif"] = data
    image.save(out, kind, **options)
    return out.getvalue()


def huge_png():
    """A PNG that says it has 81 million points, and is a few bytes long."""
    data = bytearray(picture())
    data[16:24] = (9_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def chat(*messages):
    """A chat as Telegram exports it: a message is one text, or a list of pieces."""
    return json.dumps({"messages": [{"id": 7, "text": each} for each in messages]}).encode()


def deep_mail(depth):
    """Parts inside parts inside parts."""
    lines = [b"Subject: deep", b"MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"'.encode(), b"",
                  f"--b{level}".encode()]  # fmt: skip
    return b"\n".join([*lines, b"", b"card 4111 1111 1111 1111"])


BILLION_LAUGHS = word("x", extra={
    "word/comments.xml": (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
        f"<w:comments {_W}><w:p>&c;</w:p></w:comments>"
    ),
})  # fmt: skip
