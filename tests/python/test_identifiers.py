import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.python.identifiers import (
    LENGTH_LIMIT,
    constant_case,
    dotted_path,
    identifier,
    is_valid,
    pascal_case,
    snake_case,
    split_words,
)
from generator.python.text import DottedPath, Identifier

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OpenIdConnectProviderARNs", "Open Id Connect Provider ARNs"),
        ("X-Amz-Content-Sha256", "X Amz Content Sha256"),
        ("getHTTPResponseCode2", "get HTTP Response Code2"),
        ("ARNsList", "ARNs List"),
        ("DBsnapshot", "D Bsnapshot"),
        ("UserIDs", "User IDs"),
        ("OAuth2Token", "OAuth2 Token"),
        ("IPv6Address", "IPv6 Address"),
        ("EC2Instance", "EC2 Instance"),
        ("x5t#S256", "x5t S256"),
        ("snake_case_name", "snake case name"),
        ("eu-west-1", "eu west 1"),
        ("$filter", "filter"),
        ("a[b]", "a b"),
        ("+1", "plus 1"),
        ("-created_at", "minus created at"),
        (">=10", "greater than equals 10"),
        ("<=", "less than equals"),
        ("C++", "C plus plus"),
        ("10%", "10 percent"),
        ("_", "underscore"),
        ("X-Ünï", "X Uni"),
        ("e\u0301t\u00e9", "ete"),
        ("straße", "strasse"),
        ("имя", "iemya"),
        ("中文", "u4e2d u6587"),
        ("ドメイン", "domein"),
        ("½", "1 2"),
        ("🙂", "slightly smiling face"),
        ("x\u202ey", "x y"),
        ("", ""),
        (" \t\n", ""),
        ("\ud800", ""),
    ],
)
def test_split_words(name: str, words: str) -> None:
    assert split_words(name) == tuple(words.split())


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("X-Amz-Content-Sha256", "x_amz_content_sha256"),
        ("X-Amz-SignedHeaders", "x_amz_signed_headers"),
        ("GetOpenIdTokenForDeveloperIdentity", "get_open_id_token_for_developer_identity"),
        ("RoleARN", "role_arn"),
        ("ClientId", "client_id"),
        ("IdentityPoolId", "identity_pool_id"),
        ("SamlProviderARNs", "saml_provider_arns"),
        ("OpenIdConnectProviderARNs", "open_id_connect_provider_arns"),
        ("__init__", "init"),
        ("__secret", "secret"),
        ("class", "class"),
        ("123", "value_123"),
        ("2fa", "value_2fa"),
        ("**kw", "kw"),
        ("x: int = PWN  #", "x_int_pwn"),
        ("x(self): PWN\n    def y", "x_self_pwn_def_y"),
        ("", ""),
    ],
)
def test_snake_case(name: str, stem: str) -> None:
    assert snake_case(name) == stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("OpenIdConnectProviderARNs", "open_id_connect_provider_ar_ns"),
        ("SamlProviderARNs", "saml_provider_ar_ns"),
        ("SAMLProviderARNs", "saml_provider_ar_ns"),
        ("RoleARN", "role_arn"),
        ("Logins", "logins"),
    ],
)
def test_snake_case_as_aws_spells_plurals(name: str, stem: str) -> None:
    assert snake_case(name, split_plural_acronyms=True) == stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("identity pool", "IdentityPool"),
        ("get-user", "GetUser"),
        ("fooBar", "FooBar"),
        ("SAMLProviderList", "SAMLProviderList"),
        ("ARNString", "ARNString"),
        ("OIDCProviderList", "OIDCProviderList"),
        ("URL", "URL"),
        ("HTTP_STATUS_CODE", "HttpStatusCode"),
        ("v1.2", "V1_2"),
        ("v12", "V12"),
        ("2fa", "Value2fa"),
        ("", ""),
    ],
)
def test_pascal_case(name: str, stem: str) -> None:
    assert pascal_case(name) == stem


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("AuthenticatedRole", "AUTHENTICATED_ROLE"),
        ("eu-west-1", "EU_WEST_1"),
        ("1", "VALUE_1"),
        ("-1", "MINUS_1"),
        ("true", "TRUE"),
        ("null", "NULL"),
        ("name", "NAME"),
        ("_missing_", "MISSING"),
        ("__class__", "CLASS"),
        ("<", "LESS_THAN"),
        ("", "EMPTY"),
        (" ", "BLANK"),
        ("\ud800", "VALUE_91A681B9"),
    ],
)
def test_constant_case(name: str, member: str) -> None:
    assert constant_case(name) == member


@given(ANY_TEXT, st.booleans())
def test_stems_are_names_or_empty(name: str, flag: bool) -> None:
    for stem in (snake_case(name, split_plural_acronyms=flag), pascal_case(name)):
        assert stem == "" or is_valid(stem) or keyword.iskeyword(stem)
        assert not stem.startswith("_")
    assert is_valid(constant_case(name))
    assert re.fullmatch(r"[A-Z][A-Z0-9_]*", constant_case(name))


def test_stems_of_hostile_text(payload: str) -> None:
    assert is_valid(constant_case(payload))
    assert snake_case(payload) == "" or is_valid(snake_case(payload))
    assert pascal_case(payload) == "" or is_valid(pascal_case(payload))


@given(st.from_regex(r"[a-z]{1,8}(_[a-z]{1,8}){0,3}", fullmatch=True))
def test_snake_case_keeps_what_is_snake_case(name: str) -> None:
    assert snake_case(name) == name
    assert constant_case(name) == name.upper()


def test_long_names_are_cut_and_stay_apart() -> None:
    one, two = (style("word_" * 60 + end) for style in (snake_case,) for end in ("a", "b"))
    assert len(one) == len(two) == LENGTH_LIMIT
    assert one != two
    assert one[:60] == two[:60]
    assert re.fullmatch(r"\w+_[0-9a-f]{8}", one)
    assert len(pascal_case("Word" * 60)) == len(constant_case("word_" * 60)) == LENGTH_LIMIT


@pytest.mark.parametrize("name", ["", "1a", "a b", "a-b", "class", "None", "é", "\u0430", "a\n", "x" * 81, "a.b"])
def test_invalid_names_are_not_printed(name: str) -> None:
    assert not is_valid(name)
    with pytest.raises(ValueError, match="not a usable Python name"):
        identifier(name)
    with pytest.raises(ValueError, match="not a usable Python name"):
        dotted_path(f"package.{name}" if name != "a.b" else "a..b")


def test_valid_names_are_printed_as_they_are() -> None:
    assert identifier("match") == "match"
    assert type(identifier("match")) is Identifier
    assert dotted_path("sdk.models.shared") == "sdk.models.shared"
    assert type(dotted_path("sdk")) is DottedPath
