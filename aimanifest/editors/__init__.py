"""What an editor shows while a manifest is written; the language server is in `server`.

All here is about a text and an offset in it, and knows nothing of any protocol. Half of what is
written while it is written cannot be parsed, so a place is told from lines and indentation where it
must be.
"""
