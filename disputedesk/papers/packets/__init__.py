"""One set of evidence fitted to where it goes: its files, bytes, pages, points, colours and names.

A *profile* (`resources/packets/<id>.toml`, or one of the desk's own) says what a destination takes,
who says so and when that was last looked up; a limit nobody published is absent and told as
unknown. *Fitting* writes the bundle as it is, measures what came out, and does no more than is
needed, the mildest first: the same picture twice, points no printer shows, colours, parts, and at
last whole exhibits, the least important first. A picture is never made coarser than can be read.
Everything that was made smaller, split, converted or left out is a line of the report.
"""
