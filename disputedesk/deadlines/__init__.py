"""The deadline engine: facts and rules in, windows out; pure, and days are integers inside.

`assess` answers, for each rule that applies: from which day, until which day, who says so, and why.
`make_plan` puts the open avenues in order and says what happens if nobody does anything.
Nothing here reads a file, a clock or a database; holidays come in as a `Calendars` value.
"""
