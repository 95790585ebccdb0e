"""Generated and hand-made tables, each with its source inside."""
