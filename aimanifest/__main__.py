"""`python -m aimanifest`: the command without its script."""

from aimanifest.cli import main

main()
