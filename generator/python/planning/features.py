"""What of the runtime and of the README a package needs."""

from __future__ import annotations

from collections.abc import Sequence

from generator.graph.model import Choice, Media, Record
from generator.python.annotations import can_be_unset
from generator.python.plan.features import Features
from generator.python.plan.package import ErrorPlan, OperationPlan, SchemePlan
from generator.python.setting import Setting

_AWS = "_aws.SigV4"


def features(
    setting: Setting,
    operations: Sequence[OperationPlan],
    errors: Sequence[ErrorPlan],
    schemes: Sequence[SchemePlan],
) -> Features:
    """The features, told from what is planned already."""
    types = setting.types.values()
    records = [type_ for type_ in types if isinstance(type_, Record)]
    keeps_members = any(record.extra is not None for record in records)
    tells_null = any(can_be_unset(field) for record in records for field in record.fields)
    bases = {str(scheme.base) for scheme in schemes}
    is_aws = _AWS in bases
    sent = {media for bound in setting.bound.operations for media in bound.all_media}
    return Features(
        is_aws=is_aws,
        has_buckets=any(bound.bucket for bound in setting.bound.operations),
        uses_schemes=bool(bases - {_AWS}),
        authenticates=bool(schemes) and not is_aws,
        uses_forms=bool(sent & {Media.FORM, Media.MULTIPART}),
        uses_uploads=Media.BINARY in sent,
        uses_links=any(operation.links for operation in operations),
        uses_reply_headers=any(operation.reply_headers for operation in operations),
        uses_streams=any(operation.stream is not None for operation in operations),
        explains_models=keeps_members or tells_null or any(isinstance(type_, Choice) for type_ in types),
        keeps_members=keeps_members,
        tells_null=tells_null,
        has_error_details=any(error.details is not None for error in errors),
        has_idempotency_keys=any(operation.idempotency is not None for operation in operations),
    )
