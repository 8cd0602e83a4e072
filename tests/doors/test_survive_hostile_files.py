"""Drafts, letters, pictures, frames, boxes and pseudonyms that are none, sent to the addresses that take them."""

import json

import pytest
from django.urls import Resolver404, resolve

from tests.doors import hostile
from tests.doors.conftest import DOORS, SIDE, address_of
from tests.doors.places import Cast, patterns
from tests.doors.test_survive_hostile_input import Sender, no_limits, with_each_leaf

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["no_limits"]


@pytest.mark.skipif(SIDE != "anonymous", reason="drafts are searched and letters are written in the community")
@pytest.mark.parametrize("name", ["guard:mark", "messages:keep_key", "messages:ask", "messages:send", "messages:keep_pin"])
def test_other_json_with_one_part_wrong(name: str, cast: Cast) -> None:
    from curbside.anonymous.guard.passes import pass_of
    from curbside.kit.clock import today

    address = address_of(name, cast.arguments(name))
    sender = Sender(None if name == "guard:mark" else cast.insider())
    words = "Mr Smith \U0001f9e0\u202e, NHS 943 476 5919, was seen by \ufeff Dr A\u0300 on 3/4/2021."
    good: dict[str, object] = {
        "pass": pass_of(today()), "language": "en", "texts": {"title": words, "story": words},
        "age": "YWdl", "key": "age1" + "q" * 58, "recipient": "age1" + "q" * 58, "pin": "YWdl", "sealed": "YWdl",
    }  # fmt: skip
    for replacement in (*hostile.VALUES, *(hostile.TEXTS if name == "guard:mark" else ())):
        for changed in with_each_leaf(good, replacement):
            sender("POST", address, json.dumps(changed), kind="application/json")


@pytest.mark.skipif(SIDE != "anonymous", reason="pictures are the community's")
@pytest.mark.parametrize("name", ["pictures:receive", "cases:post_case", "cases:edit_case"])
def test_files_that_are_no_pictures(name: str, cast: Cast) -> None:
    from tests.anonymous.pictures.cast import a_dicom, a_png, as_file

    address, sender = address_of(name, cast.arguments(name)), Sender(cast.insider())
    page = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
    whole = (a_png(), a_dicom(frames=1))
    files = [
        page,
        b"",
        b"\x00" * 200,
        b"GIF89a" + page,
        b"\x89PNG\r\n\x1a\n" + page,
        b"\xff\xd8\xff" + page,
        b"%PDF-1.4",
        *hostile.BODIES[:6],
    ]
    files += [
        data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] for data in whole for at in range(0, len(data), max(1, len(data) // 12))
    ]
    files += [data[: len(data) // part] for data in whole for part in (2, 3, 9)] + [data + page for data in whole]
    for number, data in enumerate(files):
        named = hostile.TEXTS[1 + number % (len(hostile.TEXTS) - 1)][:200].replace("\x00", "0").replace("\n", "") or "x"
        sender("POST", address, {**DOORS[name].form, "files": as_file(data, named), "add": "1", "picture": named})
    sender(
        "POST", address, {"files": [as_file(whole[1]), as_file(whole[1][:300] + whole[1][400:]), as_file(a_dicom(frames=1, series="9"))]}
    )
    for length in ("x", "-1", "9" * 30):
        sender("POST", address, b"", kind="multipart/form-data; boundary=x", CONTENT_LENGTH=length)


@pytest.mark.skipif(SIDE != "anonymous", reason="frames are the community's")
@pytest.mark.parametrize("name", ["pictures:frame", "pictures:held_frame", "cases:show_picture"])
def test_frames_and_windows_that_are_none(name: str, cast: Cast) -> None:
    sender = Sender(cast.insider())
    for number in (0, 2, 1 << 16, 1 << 63, 10**40):
        sender("GET", address_of(name, {**cast.arguments(name), "number": number}))
    for text in ("nan", "inf", "-inf", "1e400", "-1e308", "1e308", "0", "-1", "1_0", "٣", "\x00", "0x10", *hostile.TEXTS[:6]):
        sender("GET", address_of(name, cast.arguments(name)), {"center": text, "width": text, "frame": text, "zoom": text})
        sender("GET", address_of(name, cast.arguments(name)), {"center": "1", "width": text})
        sender("GET", address_of(name, cast.arguments(name)), {"center": text, "width": "1"})


@pytest.mark.skipif(SIDE != "anonymous", reason="boxes are the community's")
def test_boxes_that_are_none(cast: Cast) -> None:
    sender, address = Sender(cast.insider()), address_of("pictures:decide", cast.arguments("pictures:decide"))
    boxes = ["1", "1 2 3", "1 2 3 4 5", "-1 0 1 1", "0 0 0 0", "0 0 99999 99999", "9 9 9 9e9", "٣ ٣ ٣ ٣", "0 0 1 1", *hostile.TEXTS]
    for box in boxes:
        sender("POST", address, {"box": box})
        sender("POST", address, {"own_x": box, "own_y": box, "own_w": box, "own_h": box})
        sender("POST", address, {"own_x": [box, "1"], "own_y": "1", "own_w": ["", box], "own_h": box})
    sender("POST", address, {"box": ["0 0 1 1"] * 5_000})


@pytest.mark.parametrize("name", [name for name, pattern in patterns() if "pseudonym" in pattern.pattern.converters])
def test_no_address_asks_a_database_for_a_zero_byte(name: str, cast: Cast) -> None:
    """PostgreSQL refuses one with an error, SQLite does not."""
    address = address_of(name, cast.arguments(name))
    assert resolve(address).view_name == name
    with pytest.raises(Resolver404):
        resolve(address.replace("mild-plover-53", "mild\x00plover"))
