"""Everything a generated client needs at run time, copied into it byte for byte.

These modules are ordinary Python: linted, typed and tested where they lie. They import each other relatively,
because the
package that holds them is named after the client. They refuse to know any API: what varies reaches them as
`operation.Operation` constants and as models.
"""
