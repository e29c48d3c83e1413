"""What of the runtime and of the README a package needs; part of the plan."""

from __future__ import annotations

from msgspec import Struct


class Features(Struct, frozen=True, kw_only=True):
    """What templates branch on for the package as a whole.

    Attributes:
        is_aws: Requests are signed as AWS's are, and servers found by region.
        authenticates: There are security schemes, and not AWS's.
        uses_schemes: Among the schemes are others than AWS's.
        explains_models: The README has something to say of the models: one of the two after it, or choices.
        keeps_members: Some models keep members that the document does not name.
        tells_null: Some members are null or absent, and those are two things.
    """

    is_aws: bool
    has_buckets: bool
    uses_schemes: bool
    authenticates: bool
    uses_forms: bool
    uses_uploads: bool
    uses_links: bool
    uses_reply_headers: bool
    uses_streams: bool
    explains_models: bool
    keeps_members: bool
    tells_null: bool
    has_error_details: bool
    has_idempotency_keys: bool
