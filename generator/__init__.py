"""sdkpress: turns an OpenAPI document into a Python client.

The stages are folders, in the order in which a document travels through them: what it says (`openapi`), what it means
(`graph`), how it travels (`protocols`), how Python spells it (`python`), the text (`render`) and the files (`output`).
"""

__version__ = "0.1.0"
