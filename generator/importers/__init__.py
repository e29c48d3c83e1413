"""Where documents come from that are not written as OpenAPI: other descriptions of an API, translated once.

An importer knows its source and writes a document; nothing after it knows that the document was made.
"""
