"""What is sent: letters, dispute texts and bundles, from forms that are data.

A *form* (`forms/<id>/form.toml` and one body per language) says for which problems it serves, what
it must know, and in which words it speaks. The *composer* fills it with one case: every value a
person or a seller wrote enters the body as a closed token and is put in place only after the
body's structure is known, so no value can add a section, a statement or a page of its own. The
result is a `Letter` or a `Submission`: plain, frozen text with numbered statements that point to
exhibits. Only `papers.pdf` knows paper, fonts and points.
"""
