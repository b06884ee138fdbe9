"""The window around the rooms: rail, menus, palette, settings, and what the program says."""
