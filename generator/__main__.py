"""`python -m generator` is `generate`."""

from .cli import main

main()
