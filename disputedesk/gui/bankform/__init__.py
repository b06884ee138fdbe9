"""The bank's own form on the screen: its places drawn on its page, and what fills each of them."""
