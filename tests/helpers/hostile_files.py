"""Odd and hostile files, made small and on the spot; what each is stands in its name."""

import io
import struct
import tarfile
import zipfile
import zlib

import pikepdf
from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(width, height, *, bits=8, colour=0, rows=None, interlaced=0, more=b""):
    """A PNG written by hand; `rows` are its bytes before packing."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced)
    if rows is None:
        rows = (b"\0" + b"\x80" * ((width * bits + 7) // 8)) * height
    body = zlib.compress(rows, 9)
    return PNG + chunk(b"IHDR", head) + more + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def packed_zeros(count):
    """So many zero bytes, packed, without ever holding them."""
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    parts = [packer.compress(piece) for _ in range(count >> 20)]
    return b"".join([*parts, packer.flush()])


def a_bomb(side):
    """A black-and-white PNG of `side` by `side` points, a few thousand bytes long."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = packed_zeros(side * (side // 8 + 1))
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def interlaced():
    """Eight by eight points in the seven passes of Adam7."""
    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    rows = b"".join((b"\0" + b"\x60" * width) * height for width, height in passes)
    return a_png(8, 8, rows=rows, interlaced=1)


def drawn(kind, mode="RGB", size=(200, 120), **options):
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def moving(kind, frames):
    pictures = [Image.new("L", (24, 24), number % 250) for number in range(frames)]
    out = io.BytesIO()
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def looping_tiff():
    """A TIFF whose directory names itself as the next one."""
    data = bytearray(drawn("TIFF", "L", (16, 16)))
    place = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, place)[0]
    struct.pack_into("<I", data, place + 2 + 12 * count, place)
    return bytes(data)


def lying_bmp():
    data = bytearray(drawn("BMP", size=(8, 8)))
    struct.pack_into("<ii", data, 18, 60_000, 60_000)
    return bytes(data)


def pictures():
    """Name and bytes; True where no page can show it."""
    text = chunk(b"zTXt", b"Comment\0\0" + packed_zeros(64 << 20))
    jpeg = drawn("JPEG", size=(900, 600))
    png = drawn("PNG")
    transparent = Image.new("P", (40, 40))
    transparent.info["transparency"] = 0
    out = io.BytesIO()
    transparent.save(out, "PNG")
    return {
        "bomb of 30000 by 30000.png": (a_bomb(30_000), True),
        "text chunk that unpacks to 64 MB.png": (a_png(8, 8, more=text), None),
        "BMP that says 60000 by 60000.bmp": (lying_bmp(), True),
        "GIF that says 65535 by 65535.gif": (
            b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;", True),
        "cut in the middle.jpg": (jpeg[: len(jpeg) // 2], None),
        "cut in the middle.png": (png[: len(png) // 2], True),
        "wrong checksum.png": (png.replace(b"IDAT", b"IDAT\xff", 1), True),
        "head alone.png": (PNG, True),
        "empty.png": (b"", True),
        "for a printing press.jpg": (drawn("JPEG", "CMYK"), False),
        "sixteen bits.png": (drawn("PNG", "I;16"), False),
        "moving.gif": (moving("GIF", 12), False),
        "moving, of 1500 frames.gif": (moving("GIF", 1500), False),
        "moving.webp": (moving("WEBP", 12), False),
        "palette.png": (drawn("PNG", "P"), False),
        "palette with a clear colour.png": (out.getvalue(), False),
        "grey with alpha.png": (drawn("PNG", "LA"), False),
        "black and white.png": (drawn("PNG", "1"), False),
        "interlaced.png": (interlaced(), False),
        "three sheets.tiff": (moving("TIFF", 3), False),
        "sheets in a circle.tiff": (looping_tiff(), None),
        "one point wide.png": (a_png(1, 4000), False),
        "telephone photo.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64), True),
    }  # fmt: skip


def a_pdf(change=None, **saved):
    """One page that says something, changed by `change`."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    page.Contents = document.make_stream(b"BT /F1 12 Tf 100 700 Td (Tracking page) Tj ET")
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if change is not None:
        change(document, page)
    out = io.BytesIO()
    document.save(out, **saved)
    return out.getvalue()


def with_bomb(document, page):
    packed = zlib.compress(packed_zeros(200 << 20), 9)
    stream = pikepdf.Stream(document, b"")
    stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
    page.Contents = document.make_indirect(stream)


def with_circle(document, page):
    form = document.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                BBox=[0, 0, 595, 842])  # fmt: skip
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Resources = form.Resources
    page.Contents = document.make_stream(b"/X Do")


def with_script(document, _page):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_layer(document, _page):
    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="under"))
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))


def with_many_pages(document, page):
    document.Root.Pages.Kids = pikepdf.Array([page.obj] * 1200)
    document.Root.Pages.Count = 1200


def papers():
    """PDFs; True where no page can show it."""
    sound = a_pdf()
    locked = pikepdf.Encryption(owner="x", user="y")
    circle = sound.replace(b"/Kids [", b"/Kids [ 2 0 R ", 1)
    return {
        "no PDF behind its head.pdf": (b"%PDF-1.7\nnothing", True),
        "cut in the middle.pdf": (sound[: len(sound) // 2], None),
        "locked.pdf": (a_pdf(encryption=locked), True),
        "page that unpacks to 200 MB.pdf": (a_pdf(with_bomb), True),
        "drawing in itself.pdf": (a_pdf(with_circle), None),
        "page tree in a circle.pdf": (circle, None),
        "script.pdf": (a_pdf(with_script), False),
        "hidden layer.pdf": (a_pdf(with_layer), True),
        "1200 pages.pdf": (a_pdf(with_many_pages), True),
        "sheet of 200 inches.pdf": (
            a_pdf(lambda _d, p: setattr(p, "MediaBox", [0, 0, 14400, 14400])), False),
        "sheet without a size.pdf": (
            a_pdf(lambda _d, p: setattr(p, "MediaBox", [0, 0, 0, 0])), None),
    }  # fmt: skip


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def archives():
    """Archives and films; no page can show any."""
    inner = zipped({"zeros": bytes(8 << 20)})
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("../../evil.txt")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"evil"))
    files = {
        "zeros in zips in a zip.zip": zipped({f"{n}.zip": inner for n in range(8)}),
        "names that climb.zip": zipped({"../../evil.txt": b"evil", "/etc/evil": b"x",
                                        "C:\\evil": b"x", "a" * 300: b"x"}),
        "cut in the middle.zip": inner[: len(inner) // 2],
        "names that climb.tar": out.getvalue(),
        "document of zeros.docx": zipped({"[Content_Types].xml": b"<x/>",
                                          "word/document.xml": bytes(8 << 20)}),
        "film.mp4": b"\0\0\0\x18ftypisom\0\0\0\0isommp41" + bytes(500),
        "program.exe": b"MZ" + bytes(200),
    }  # fmt: skip
    return {name: (data, True) for name, data in files.items()}


def nested(depth):
    head = "From: a@example.org\nSubject: nested\nMIME-Version: 1.0\n"
    lines = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)]
    return (head + "".join(lines) + "Content-Type: text/plain\n\nInside.\n").encode()


def words():
    """Mails, pages and texts; False where they print, None where either is right."""
    mail = b"From: a@example.org\nTo: b@example.org\nSubject: %s\n\n%s\n"
    return {
        "mail nested 400 deep.eml": (nested(400), None),
        "mail with a subject of 1 MB.eml": (mail % (b"long " * 200_000, b"Text"), False),
        "mail with a boundary of 28 KB.eml": (
            b"From: a@example.org\nContent-Type: multipart/mixed; boundary=" + b"b" * 28_000
            + b"\n\n--b\n\nText\n", None),
        "mail in a wrong charset.eml": (
            b"From: a@example.org\nContent-Type: text/plain; charset=x-none\n\n\xff\xfe\xfd\n",
            False),
        "page of 20000 boxes.html": (
            b"<!doctype html><html><body>" + b"<div>" * 20_000 + b"Inside.</body></html>", None),
        "page that calls home.html": (
            b"<!doctype html><html><body><img src='http://127.0.0.1:9/x'><link rel=stylesheet "
            b"href='http://127.0.0.1:9/y'><p>Order confirmed</p></body></html>", False),
        "one line of 3 MB.txt": (b"word " * 600_000, False),
        "one word of 1 MB.txt": (b"w" * 1_000_000, False),
        "wide letters.txt": ("Привет, где посылка?".encode("utf-16"), False),
        "emoji and Arabic.txt": ("Parcel 📦 مرحبا שלום 你好\n".encode(), False),
        "markup.txt": (b"<b>AT&T</b> <img src='/etc/passwd'/> {{7*7}} %s %n\n", False),
        "control signs.txt": (b"a\x1b[31mb\x07c\x08d\r\ne\n", None),
    }  # fmt: skip


NAMES = (
    "invoice\u202efdp.txt", "CON", "nul.txt", "trailing dots...", " leading and trailing .txt",
    "-rf", "--help.txt", "a\nb.txt", "tab\there.txt", "quote\"'`;&|$(x).txt", "semi;colon.txt",
    "com1.log", "file.txt:stream", "..\\..\\evil.txt", "я" * 120 + ".txt", "📦 parcel.txt",
    "Case.txt", "case.TXT", "e\u0301.txt", "\u00e9.txt", "percent %s %n {x}.txt", "<b>&amp;.txt",
)  # fmt: skip


def names():
    """Harmless texts under names of all kinds (threats H2 and H3)."""
    return {name: (f"Text number {at}.\n".encode(), None) for at, name in enumerate(NAMES)}


FAMILIES = {
    "pictures": pictures,
    "papers": papers,
    "archives": archives,
    "words": words,
    "names": names,
}
