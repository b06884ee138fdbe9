"""Paper made of letters: fonts that have every glyph, one way for text onto a page, equal bytes.

reportlab stays behind this wall. User text reaches a page only through `papers.pdf.text`, which
escapes it and refuses what the bundled fonts cannot show. The same letter, paper and stamp give the
same bytes.
"""
