"""The server's half of each wire protocol: requests to operations and request objects, results and errors to replies.

It is named like the client's half, which it never imports: a mistake of one must not hide behind the same mistake of
the other.
"""
