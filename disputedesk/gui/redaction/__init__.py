"""The sheet on which parts of a picture or PDF are blacked out in a copy."""
