"""Roles that are assumed: with whose credentials, by which request, and what the service's answers become."""

from __future__ import annotations

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from runtime.aws.credentials import Credentials
from runtime.aws.sources.profile import ProfileSource
from runtime.errors import ConfigurationError, CredentialsError, ReadTimeout
from tests.runtime.aws.fakes import LATER, FakeTransport, form, outside, pair, reply, role_reply, sent, temporary, write

ROLE = "role_arn = arn:aws:iam::123456789012:role/r\n"
ASSUMED = Credentials("ASIAROLE", "ROLE-secret", "ROLE-token", LATER, "123456789012")
ERROR = "<ErrorResponse><Error><Code>{}</Code><Message>{}</Message></Error></ErrorResponse>"


def load(
    environ: dict[str, str], config: str, answers: list[object] | None = None
) -> tuple[Credentials | None, FakeTransport]:
    """Load the profile `p`."""
    write(environ, config=config)
    surroundings = outside(environ, [role_reply()] if answers is None else answers, profile="p")
    return ProfileSource(surroundings).load(), sent(surroundings)


def signer(web: FakeTransport, number: int = 0) -> str:
    return dict(web.sent[number].headers)["Authorization"].split("Credential=")[1].partition("/")[0]


def test_role_of_a_source_profile(no_files: dict[str, str]) -> None:
    found, web = load(no_files, f"[profile p]\n{ROLE}source_profile = base\n[profile base]\n{pair('BASE')}")

    assert found == ASSUMED
    assert web.lines == ["POST https://sts.us-east-1.amazonaws.com/"]
    assert signer(web) == "AKIDBASE"
    assert form(web.sent[0]) == {
        "Action": "AssumeRole",
        "Version": "2011-06-15",
        "RoleArn": "arn:aws:iam::123456789012:role/r",
        "RoleSessionName": "sdk-1767225600",
    }


def test_settings_of_the_role(no_files: dict[str, str]) -> None:
    settings = "external_id = e d\nduration_seconds = 900\nrole_session_name = me\nregion = eu-west-1\n"
    found, web = load(no_files, f"[profile p]\n{ROLE}{settings}source_profile = base\n[profile base]\n{pair('BASE')}")

    assert found == ASSUMED
    assert web.lines == ["POST https://sts.eu-west-1.amazonaws.com/"]
    fields = form(web.sent[0])
    assert (fields["ExternalId"], fields["DurationSeconds"], fields["RoleSessionName"]) == ("e d", "900", "me")


def test_the_request_is_signed_as_botocore_signs_it(no_files: dict[str, str]) -> None:
    _, web = load(no_files, f"[profile p]\n{ROLE}source_profile = b\n[profile b]\n{pair('B')}aws_session_token = t\n")

    (request,) = web.sent
    headers = dict(request.headers)
    auth = SigV4Auth(BotocoreCredentials("AKIDB", "B-secret", "t"), "sts", "us-east-1")
    twin = AWSRequest("POST", "https://sts.us-east-1.amazonaws.com/", data=request.body)
    for name in ("Content-Type", "X-Amz-Date", "X-Amz-Security-Token"):
        twin.headers[name] = headers[name]
    twin.headers["host"] = "sts.us-east-1.amazonaws.com"
    twin.context["timestamp"] = headers["X-Amz-Date"]
    signature = auth.signature(auth.string_to_sign(twin, auth.canonical_request(twin)), twin)
    assert headers["Authorization"].endswith(f"Signature={signature}")


@pytest.mark.parametrize(
    ("settings", "variables", "line"),
    [
        ("region = cn-north-1", {}, "https://sts.cn-north-1.amazonaws.com.cn/"),
        ("region = us-gov-west-1\nuse_fips_endpoint = true", {}, "https://sts.us-gov-west-1.amazonaws.com/"),
        ("region = us-west-2\nuse_fips_endpoint = true", {}, "https://sts-fips.us-west-2.amazonaws.com/"),
        ("region = us-west-2", {"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9/sts"}, "http://127.0.0.1:9/sts"),
    ],
)
def test_where_the_service_is(no_files: dict[str, str], settings: str, variables: dict[str, str], line: str) -> None:
    config = f"[profile p]\n{ROLE}{settings}\nsource_profile = b\n[profile b]\n{pair('B')}"
    assert load(no_files | variables, config)[1].lines == [f"POST {line}"]


def test_the_clients_region_counts(no_files: dict[str, str]) -> None:
    write(no_files, config=f"[profile p]\n{ROLE}region = us-west-2\nsource_profile = b\n[profile b]\n{pair('B')}")
    surroundings = outside(no_files, [role_reply()], profile="p", region="ap-south-1")
    ProfileSource(surroundings).load()
    assert sent(surroundings).lines == ["POST https://sts.ap-south-1.amazonaws.com/"]


def test_roles_in_a_row(no_files: dict[str, str]) -> None:
    config = (
        f"[profile p]\n{ROLE}source_profile = middle\n"
        f"[profile middle]\nrole_arn = arn:middle\nsource_profile = base\n[profile base]\n{pair('BASE')}"
    )
    found, web = load(no_files, config, [role_reply("MIDDLE"), role_reply()])

    assert found == ASSUMED
    assert [form(request)["RoleArn"] for request in web.sent] == ["arn:middle", "arn:aws:iam::123456789012:role/r"]
    assert [signer(web, 0), signer(web, 1)] == ["AKIDBASE", "ASIAMIDDLE"]


@pytest.mark.parametrize(
    ("config", "circle"),
    [
        ("[profile p]\nrole_arn = r\nsource_profile = p\n", "p -> p"),
        (
            "[profile p]\nrole_arn = r\nsource_profile = a\n[profile a]\nrole_arn = r\nsource_profile = b\n"
            "[profile b]\nrole_arn = r\nsource_profile = a\n",
            "p -> a -> b -> a",
        ),
    ],
)
def test_circles_are_shown(no_files: dict[str, str], config: str, circle: str) -> None:
    with pytest.raises(CredentialsError, match=rf"config:\d+\): the profiles go round in a circle: {circle}$"):
        load(no_files, config)


def test_a_key_pair_ends_the_row(no_files: dict[str, str]) -> None:
    """As botocore has it: the profile's own pair assumes the profile's role."""
    found, web = load(no_files, f"[profile p]\n{ROLE}source_profile = p\n{pair('OWN')}")
    assert found == ASSUMED
    assert signer(web) == "AKIDOWN"


@pytest.mark.parametrize(
    ("place", "variables"),
    [
        ("Environment", {"AWS_ACCESS_KEY_ID": "AKIDPLACE", "AWS_SECRET_ACCESS_KEY": "s"}),
        ("EcsContainer", {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/c"}),
        ("Ec2InstanceMetadata", {"AWS_EC2_METADATA_DISABLED": ""}),
    ],
)
def test_role_of_a_place(no_files: dict[str, str], place: str, variables: dict[str, str]) -> None:
    answers = {
        "Environment": [role_reply()],
        "EcsContainer": [reply(temporary("PLACE", AccessKeyId="AKIDPLACE")), role_reply()],
        "Ec2InstanceMetadata": [
            reply("session"),
            reply("r"),
            reply(temporary("PLACE", AccessKeyId="AKIDPLACE")),
            role_reply(),
        ],
    }
    found, web = load(no_files | variables, f"[profile p]\n{ROLE}credential_source = {place}\n", list(answers[place]))
    assert found == ASSUMED
    assert signer(web, -1) == "AKIDPLACE"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("", r"role_arn of profile 'p' \(.*config:1\): neither source_profile nor credential_source"),
        ("source_profile = a\ncredential_source = Environment", "are both set"),
        ("credential_source = Elsewhere", r"credential_source of profile 'p' \(.*config:1\) is none of Environment"),
        ("credential_source = Environment", "no credentials in the environment"),
        ("credential_source = Ec2InstanceMetadata", "no credentials in the EC2 instance metadata .*switched off"),
        ("credential_source = Environment\nduration_seconds = 1h", "duration_seconds .* is not a number"),
        ("source_profile = empty\n[profile empty]\nregion = x", "profile 'empty' has no credentials"),
    ],
)
def test_settings_that_are_wrong(no_files: dict[str, str], settings: str, message: str) -> None:
    with pytest.raises(CredentialsError, match=message):
        load(no_files, f"[profile p]\n{ROLE}{settings}\n")


def test_a_source_profile_that_does_not_exist(no_files: dict[str, str]) -> None:
    with pytest.raises(
        ConfigurationError, match=r"source_profile of profile 'p' \(.*config:1\): there is no profile 'x'"
    ):
        load(no_files, f"[profile p]\n{ROLE}source_profile = x\n")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            reply(ERROR.format("AccessDenied", "not you\nCANARY"), 403),
            r"AssumeRole was refused: AccessDenied: not you \(",
        ),
        (reply("<ErrorResponse/>", 400), "refused: without a code"),
        (reply("<html><p>portal", 200), "what answers is not the Security Token Service"),
        (reply("", 200), "not the Security Token Service"),
        (reply(b"\xff<a/>", 200), "not the Security Token Service"),
        (reply('<!DOCTYPE a [<!ENTITY e "CANARY">]><a>&e;</a>'), "not the Security Token Service"),
        (reply("<AssumeRoleResponse/>"), "AccessKeyId is missing"),
        (reply(role_reply().body.replace(b"2026-01-01T01:00:00Z", b"soon")), "Expiration is not a time"),
        (reply(role_reply().body.replace(b"<SessionToken>ROLE-token</SessionToken>", b"")), "SessionToken is missing"),
    ],
)
def test_answers_that_are_no_credentials(no_files: dict[str, str], answer: object, message: str) -> None:
    with pytest.raises(CredentialsError, match=message) as caught:
        load(no_files, f"[profile p]\n{ROLE}source_profile = b\n[profile b]\n{pair('B')}", [answer])
    assert "CANARY" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_another_attempt(no_files: dict[str, str]) -> None:
    config = f"[profile p]\n{ROLE}source_profile = b\n[profile b]\n{pair('B')}"
    assert load(no_files, config, [reply("", 503), role_reply()])[0] == ASSUMED
    assert load(no_files, config, [ReadTimeout("slow"), role_reply()])[0] == ASSUMED
    with pytest.raises(CredentialsError, match="slow"):
        load(no_files, config, [ReadTimeout("slow"), ReadTimeout("slow")])
