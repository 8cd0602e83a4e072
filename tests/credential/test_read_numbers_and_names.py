import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.credential import field, names
from curbside.credential.errors import CredentialError, JsonRefused, NameRefused, NumberRefused
from curbside.credential.strict_json import canonical, items, members, parse, text, whole_number


@given(st.integers(0, field.SCALAR_ORDER - 1))
def test_field_elements_survive_both_spellings(value):
    assert field.parse_field_element(str(value)) == value
    assert field.element_from_bytes(field.element_bytes(field.FieldElement(value))) == value


@pytest.mark.parametrize(
    "spelling", ["", "00", "01", "+1", "-1", " 1", "1 ", "1\n", "1_0", "0x1", "1e3", "1.0", "\u0661", "9" * 79, str(2**256)]
)
def test_any_other_spelling_of_a_number_is_refused(spelling):
    with pytest.raises(NumberRefused):
        field.parse_decimal(spelling)


def test_the_largest_decimal_is_read():
    assert field.parse_decimal(str(2**256 - 1)) == 2**256 - 1


def test_numbers_out_of_their_field_are_refused():
    for refused in (
        lambda: field.parse_field_element(str(field.SCALAR_ORDER)),
        lambda: field.field_element(-1),
        lambda: field.parse_commitment("0"),
        lambda: field.parse_commitment(str(field.SCALAR_ORDER)),
        lambda: field.coordinate(field.BASE_MODULUS),
        lambda: field.element_from_bytes(bytes(31)),
        lambda: field.element_from_bytes(bytes(33)),
        lambda: field.element_from_bytes(b"\xff" * 32),
    ):
        with pytest.raises(NumberRefused):
            refused()


@pytest.mark.parametrize("name", ["everyone", "gb", "gb/anaesthetics", "us/child-psychiatry"])
def test_rolls_are_named_by_country_and_specialty(name):
    assert names.roll_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "Everyone", "g", "gbr", "gb/", "gb/-x", "gb/x-", "gb//x", "gb/x1", "everyone/x", "gb\n", "gb/" + "x" * 100]
)
def test_other_names_of_rolls_are_refused(name):
    with pytest.raises(NameRefused):
        names.roll_name(name)


@pytest.mark.parametrize(
    "name", ["", "A.org", "a.org:80", "a..org", ".a", "a.", "-a.org", "a-.org", "a_b", "a\n", "a b", "x" * 64, "é.org", "a." * 130 + "a"]
)
def test_other_names_of_hosts_are_refused(name):
    with pytest.raises(NameRefused):
        names.host(name)


def test_badges_name_a_registrar_and_a_roll():
    assert str(names.Badge.parse("directory.example.org:gb/anaesthetics")) == "directory.example.org:gb/anaesthetics"
    for refused in ("directory.example.org", "directory.example.org:", ":gb", "a:b:gb"):
        with pytest.raises(NameRefused):
            names.Badge.parse(refused)


def test_countries_are_read_from_the_names_of_rolls():
    assert [names.roll_country(names.RollName(name)) for name in ("everyone", "gb", "fr/cardiology")] == [None, "gb", "fr"]


@pytest.mark.parametrize("name", ["us", "US-nppes", "usa-nppes", "us-", "us-a--b", "us-" + "x" * 100])
def test_other_names_of_registers_are_refused(name):
    with pytest.raises(NameRefused):
        names.register_name(name)


@pytest.mark.parametrize("digest", ["", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "../" + "a" * 61])
def test_other_spellings_of_a_hash_are_refused(digest):
    with pytest.raises(NameRefused):
        names.sha256_hex(digest)


@given(st.binary())
def test_base64url_survives(data):
    assert names.decode_base64url(names.encode_base64url(data)) == data


@pytest.mark.parametrize("spelling", ["A", "AB", "AA==", "AA=", "A A", "AA\n", "+/+/", "é", "AAA!"])
def test_other_spellings_of_base64url_are_refused(spelling):
    with pytest.raises(NameRefused):
        names.decode_base64url(spelling)


@given(st.binary(max_size=300))
def test_any_bytes_are_json_or_refused(data):
    try:
        parse(data, 200)
    except JsonRefused:
        return
    assert len(data) <= 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b"1.5",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"\xff",
        b'"\xed\xa0\x80"',
        b"[" * 9000,
        b"9" * 9000,
        b"\xef\xbb\xbf{}",
        b"{} {}",
    ],
)
def test_json_with_liberties_is_refused(data):
    with pytest.raises(JsonRefused):
        parse(data, 10_000)


def test_json_of_another_shape_is_refused():
    for refused in (
        lambda: members([], ()),
        lambda: members({"a": 1}, ()),
        lambda: members({}, ("a",)),
        lambda: items({}, 1),
        lambda: items([1, 2], 1),
        lambda: text(1),
        lambda: whole_number(True, 0, 1),
        lambda: whole_number("1", 0, 1),
        lambda: whole_number(2, 0, 1),
    ):
        with pytest.raises(JsonRefused):
            refused()


def test_the_canonical_form_is_sorted_ascii_without_space():
    assert canonical({"b": [1, None], "a": "é"}) == b'{"a":"\\u00e9","b":[1,null]}'


def test_every_refusal_has_a_sentence_a_status_and_a_plain_detail():
    def below(kind):
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    for kind in below(CredentialError):
        assert kind.sentence.endswith(".")
        assert kind.status in {400, 403, 503}
        assert kind("why").detail == str(kind("why")) == "why"
