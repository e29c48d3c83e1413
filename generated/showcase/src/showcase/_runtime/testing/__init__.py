"""What tests of programs that use a client need: the API's other side, in the same process or behind a port.

Nothing of the client imports it, so it costs nothing where nobody tests. It refuses to keep state: what an operation
answers is made from its description, or prepared by the test, and never a consequence of an earlier call.
"""
