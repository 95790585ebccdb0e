"""One command per file, named after it with `-` for `_`; each module here defines `command`."""
