"""What the API means: operations, their inputs and outputs, and the types between them.

No OpenAPI leaves this stage, and no Python enters it.
"""
