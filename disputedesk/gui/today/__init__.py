"""The room *Today*: what to act on, soonest first."""
