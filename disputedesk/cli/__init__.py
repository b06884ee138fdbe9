"""Commands: the whole program without a screen; never imports Qt."""
