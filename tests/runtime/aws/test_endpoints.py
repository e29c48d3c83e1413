"""Which URL is used: the order of the settings, the rules of AWS, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.aws.endpoints import check_endpoint, resolve_endpoint
from runtime.errors import ConfigurationError


def resolve(environ: dict[str, str], *, region: str = "eu-west-1", **options: object) -> str:
    return resolve_endpoint(
        endpoint_prefix="cognito-identity",
        service_id="Cognito Identity",
        region=region,
        environ=environ,
        **options,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("region", "fips", "dualstack", "host"),
    [
        ("eu-west-1", False, False, "cognito-identity.eu-west-1.amazonaws.com"),
        ("eu-west-1", True, False, "cognito-identity-fips.eu-west-1.amazonaws.com"),
        ("eu-west-1", False, True, "cognito-identity.eu-west-1.api.aws"),
        ("eu-west-1", True, True, "cognito-identity-fips.eu-west-1.api.aws"),
        ("cn-north-1", False, False, "cognito-identity.cn-north-1.amazonaws.com.cn"),
        ("cn-north-1", False, True, "cognito-identity.cn-north-1.api.amazonwebservices.com.cn"),
        ("eusc-de-east-1", False, False, "cognito-identity.eusc-de-east-1.amazonaws.eu"),
        ("us-iso-east-1", True, False, "cognito-identity-fips.us-iso-east-1.c2s.ic.gov"),
        ("aws-iso-b-global", False, False, "cognito-identity.aws-iso-b-global.sc2s.sgov.gov"),
        ("mars-north-1", False, False, "cognito-identity.mars-north-1.amazonaws.com"),
        ("fips-us-east-1", False, False, "cognito-identity-fips.us-east-1.amazonaws.com"),
        ("us-gov-west-1-fips", False, True, "cognito-identity-fips.us-gov-west-1.api.aws"),
    ],
)
def test_rules(no_files: dict[str, str], region: str, fips: bool, dualstack: bool, host: str) -> None:
    assert resolve(no_files, region=region, use_fips=fips, use_dualstack=dualstack) == f"https://{host}"


def test_departures_of_a_service(no_files: dict[str, str]) -> None:
    variants = {
        "plain": {"aws": "one.{dns_suffix}", "eu-west-2": "{prefix}.{region}.{dual_stack_dns_suffix}"},
        "fips": {"us-east-1": "f.{dns_suffix}"},
    }
    assert resolve(no_files, variants=variants) == "https://one.amazonaws.com"
    assert resolve(no_files, variants=variants, region="eu-west-2") == "https://cognito-identity.eu-west-2.api.aws"
    assert resolve(no_files, variants=variants, region="fips-us-east-1") == "https://f.amazonaws.com"
    assert resolve(no_files, variants=variants, region="cn-north-1").endswith("cn-north-1.amazonaws.com.cn")


def test_order_of_configured_urls(no_files: dict[str, str]) -> None:
    environ = dict(no_files)
    config = Path(environ["AWS_CONFIG_FILE"])
    config.write_text("[default]\nendpoint_url = http://five\n")
    assert resolve(environ) == "http://five"
    config.write_text(
        "[default]\nendpoint_url = http://five\nservices = s\n"
        "[services s]\ncognito_identity =\n  endpoint_url = http://four\n"
    )
    assert resolve(environ) == "http://four"
    environ["AWS_ENDPOINT_URL"] = "http://three"
    assert resolve(environ) == "http://three"
    environ["AWS_ENDPOINT_URL_COGNITO_IDENTITY"] = "http://two"
    assert resolve(environ) == "http://two"
    assert resolve(environ, explicit="http://one") == "http://one"


@pytest.mark.parametrize("value", ["true", "True", "TRUE"])
def test_configured_urls_can_be_ignored(no_files: dict[str, str], value: str) -> None:
    environ = no_files | {"AWS_ENDPOINT_URL": "http://three", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": value}
    assert resolve(environ) == "https://cognito-identity.eu-west-1.amazonaws.com"
    assert resolve(environ, explicit="http://one") == "http://one"
    environ = no_files | {"AWS_ENDPOINT_URL": "http://three"}
    Path(environ["AWS_CONFIG_FILE"]).write_text("[default]\nignore_configured_endpoint_urls = true\n")
    assert resolve(environ) == "https://cognito-identity.eu-west-1.amazonaws.com"


def test_switches(no_files: dict[str, str]) -> None:
    config = Path(no_files["AWS_CONFIG_FILE"])
    config.write_text("[profile p]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n")
    assert resolve(no_files, profile="p").endswith("-fips.eu-west-1.api.aws")
    environ = no_files | {"AWS_PROFILE": "p", "AWS_USE_FIPS_ENDPOINT": "false"}
    assert resolve(environ).endswith("cognito-identity.eu-west-1.api.aws")
    assert resolve(environ, use_dualstack=False).endswith("cognito-identity.eu-west-1.amazonaws.com")
    assert resolve(no_files | {"AWS_USE_DUALSTACK_ENDPOINT": "TRUE"}).endswith("eu-west-1.api.aws")


@pytest.mark.parametrize("name", ["use_fips_endpoint", "use_dualstack_endpoint", "ignore_configured_endpoint_urls"])
@pytest.mark.parametrize("value", ["1", "yes", "tru"])
def test_a_switch_is_true_or_false(no_files: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^AWS_{name.upper()} is neither"):
        resolve(no_files | {f"AWS_{name.upper()}": value})
    Path(no_files["AWS_CONFIG_FILE"]).write_text(f"[default]\n{name} = {value}\n")
    with pytest.raises(ConfigurationError, match=f"^{name} of profile 'default' is neither"):
        resolve(no_files)


@pytest.mark.parametrize("options", [{"use_fips": True}, {"use_dualstack": True}, {"region": "fips-us-east-1"}])
def test_a_url_beside_a_switch(no_files: dict[str, str], options: dict[str, object]) -> None:
    kind = "dual-stack" if "use_dualstack" in options else "FIPS"
    with pytest.raises(ConfigurationError, match=f"^the endpoint URL is set, and so is the choice of a {kind} "):
        resolve(no_files, explicit="http://one", **options)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="^AWS_ENDPOINT_URL is set"):
        resolve(no_files | {"AWS_ENDPOINT_URL": "http://three"}, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("region", ["us-east-1.evil.com/#", "fips-a.b", "fips--a", "fips--fips", ""])
def test_the_region_is_checked(no_files: dict[str, str], region: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be an AWS region"):
        resolve(no_files, region=region)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "HTTPS://Example.COM:8443/",
        "http://localhost:4566",
        "http://127.0.0.1/base/path",
        "http://[::1]:80/x",
        "http://my_host.",
    ],
)
def test_urls(url: str) -> None:
    assert check_endpoint(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:CANARY@example.com",
        "https://user@example.com",
        "https://example.com?CANARY",
        "https://example.com/#x",
        "https://example.com\n",
        "https://exam\tple.com",
        "https://example.com\\@evil.com",
        "https://example.com:",
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:80:80",
        "https://example.com:\uff18\uff10",
        "https://-example.com",
        "https://exämple.com",
        "https://example.com%2eevil.com",
        "https://[::1",
    ],
)
def test_what_is_no_endpoint(no_files: dict[str, str], url: str) -> None:
    with pytest.raises(ConfigurationError, match="^the endpoint URL is not written like") as caught:
        check_endpoint(url)
    assert "CANARY" not in str(caught.value)
    if url:
        with pytest.raises(ConfigurationError, match="^AWS_ENDPOINT_URL is not written like"):
            resolve(no_files | {"AWS_ENDPOINT_URL": url})
