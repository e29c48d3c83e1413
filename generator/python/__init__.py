"""Spells the meaning of an API in Python: names, types, literals, documentation, packaging.

Strings of a document become source text here and nowhere else, always through a type that says for which context they
were made (see `text`). This stage knows no wire format and no template.
"""
