"""The places where credentials may be, one module each; each returns credentials, or None to have the next place asked.

None of them keeps anything: they read anew whenever they are asked. No message shows a value, for values are secrets
here.
"""
