"""One output format per file: each module here defines `render`."""
