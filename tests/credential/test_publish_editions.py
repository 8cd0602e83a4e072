import http.server
import json
import os
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.credential import edition
from curbside.credential.edition import Manifest, RegisterEntry, check_follows, parse_public_key, public_key_text
from curbside.credential.edition_source import FolderSource, HttpSource, Pointer, read_edition, read_latest, read_roll, source_at
from curbside.credential.edition_store import EditionStore
from curbside.credential.errors import ChainBroken, CredentialError, EditionRefused, RollRefused, SignatureRefused, SourceFailed
from curbside.credential.names import Host, RollName, Sha256, encode_base64url
from curbside.credential.roll_file import RollFile
from curbside.credential.strict_json import canonical

from .cast import DAY, KEY, REGISTRAR, STRANGER, VECTORS, commitments, manifest, publish, roll_entry, vector

ROLLS = {"everyone": RollFile.build(commitments(5)), "gb": RollFile.build(commitments(3))}
PUBLIC = KEY.public_key()
VALUE = json.loads(manifest(ROLLS).encode())


def test_a_manifest_survives_in_its_canonical_form():
    first = manifest(ROLLS)
    second = manifest({}, follows=first)
    for each in (first, second, replace(second, wallet=Sha256("a" * 64))):
        assert Manifest.decode(each.encode()) == each
    assert first.encode() == json.dumps(VALUE, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    assert first.address == edition.address_of(first.encode())
    assert first.roll(RollName("gb")) == roll_entry("gb", ROLLS["gb"])
    assert first.roll(RollName("fr")) is None


def test_the_vectors_edition_is_signed_by_its_registrar():
    knock = vector("knock.json")
    found = read_latest(FolderSource(VECTORS / "editions"), parse_public_key(knock["public_key"]), REGISTRAR)
    assert found.address == knock["edition"]
    assert [read_roll(FolderSource(VECTORS / "editions"), roll).size for roll in found.rolls] == [300, 41, 21]


def roll_with(**changes):
    return {"rolls": [{**VALUE["rolls"][0], **changes}]}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "curbside-edition-2"},
        {"circuit": "semaphore-4.13.0-depth-16"},
        {"registrar": "Directory"},
        {"number": 0},
        {"number": 2},
        {"number": True},
        {"number": "1"},
        {"number": 2**53},
        {"previous": "a" * 64},
        {"previous": 1},
        {"date": "20261123"},
        {"date": "2026-11-31"},
        {"k": 0},
        {"k": 4},
        {"rolls": VALUE["rolls"][::-1]},
        {"rolls": VALUE["rolls"][:1] * 2},
        roll_with(name="GB"),
        roll_with(size=0),
        roll_with(root="0"),
        roll_with(root=5),
        roll_with(file="x"),
        roll_with(extra=1),
        {"registers": VALUE["registers"][::-1]},
        {"registers": VALUE["registers"][:1] * 2},
        {"registers": [{"name": "nppes", "size": 1}]},
        {"registers": [{"name": "us-nppes", "size": -1}]},
        {"wallet": "x"},
        {"extra": None},
    ],
)
def test_a_manifest_that_breaks_a_rule_is_refused(change):
    with pytest.raises(EditionRefused):
        Manifest.decode(canonical({**VALUE, **change}))


@pytest.mark.parametrize(
    "data", [b"", b"[]", b" " + canonical(VALUE), canonical(VALUE) + b"\n", json.dumps(VALUE).encode(), canonical(VALUE)[:-1] + b',"k":2}']
)
def test_a_manifest_in_another_form_is_refused(data):
    with pytest.raises(EditionRefused):
        Manifest.decode(data)


@given(st.binary(max_size=80), st.integers(0, len(canonical(VALUE))))
def test_any_bytes_are_a_manifest_or_refused(noise, at):
    good = canonical(VALUE)
    data = good[:at] + noise + good[at + len(noise) :]
    try:
        read = Manifest.decode(data)
    except EditionRefused:
        return
    assert read.encode() == data


def test_a_signature_is_over_the_prefix_and_the_manifest():
    data = manifest(ROLLS).encode()
    PUBLIC.verify(edition.sign(data, KEY), b"curbside edition v1\n" + data)
    assert edition.verify(data, edition.sign(data, KEY), PUBLIC) == manifest(ROLLS)


@pytest.mark.parametrize(
    "signature", [b"", bytes(64), bytes(63), KEY.sign(manifest(ROLLS).encode()), edition.sign(manifest(ROLLS).encode(), STRANGER)]
)
def test_other_signatures_are_refused_before_the_manifest_is_read(signature):
    for data in (manifest(ROLLS).encode(), b"not a manifest"):
        with pytest.raises(SignatureRefused):
            edition.verify(data, signature, PUBLIC)


def test_public_keys_are_32_bytes_of_base64url():
    assert public_key_text(parse_public_key(public_key_text(PUBLIC))) == public_key_text(PUBLIC)
    for refused in ("", "AA", encode_base64url(bytes(33))):
        with pytest.raises(CredentialError):
            parse_public_key(refused)


def test_an_edition_follows_the_one_right_before_it():
    first = manifest(ROLLS)
    second = manifest(ROLLS, follows=first)
    check_follows(second, first)
    for other in (
        replace(second, registrar=Host("other.example.org")),
        replace(second, number=3),
        replace(second, previous=Sha256("a" * 64)),
        replace(second, date=DAY - timedelta(days=1)),
    ):
        with pytest.raises(ChainBroken):
            check_follows(other, first)


def test_a_published_edition_is_read_back(tmp_path):
    first, second = publish(tmp_path, ROLLS, {"everyone": RollFile.build(commitments(6))})
    source = EditionStore(tmp_path).source
    assert read_latest(source, PUBLIC, REGISTRAR) == second
    assert read_edition(source, second.previous, PUBLIC) == first
    assert read_roll(source, first.rolls[1]) == ROLLS["gb"]
    assert (tmp_path / "latest.json").read_bytes() == b'{"edition":"%s","number":2}' % second.address.encode()


def test_published_files_are_whole_readable_and_alone(tmp_path):
    publish(tmp_path, ROLLS)
    names = sorted(path.relative_to(tmp_path).as_posix().split("/")[0] for path in tmp_path.rglob("*") if path.is_file())
    assert names == ["editions", "editions", "files", "files", "latest.json"]
    mask = os.umask(0)
    os.umask(mask)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o666 & ~mask}


def test_an_unchanged_roll_need_not_be_given_again_but_must_be_there(tmp_path):
    (first,) = publish(tmp_path, ROLLS)
    second = manifest(ROLLS, follows=first)
    EditionStore(tmp_path).publish(second, [], KEY)
    missing = manifest({"everyone": RollFile.build(commitments(7))}, follows=second)
    with pytest.raises(SourceFailed):
        EditionStore(tmp_path).publish(missing, [], KEY)
    assert read_latest(FolderSource(tmp_path), PUBLIC) == second


def test_a_damaged_file_is_written_again(tmp_path):
    (first,) = publish(tmp_path, ROLLS)
    (tmp_path / "files" / f"{ROLLS['gb'].digest}.roll").write_bytes(b"damaged")
    EditionStore(tmp_path).publish(manifest(ROLLS, follows=first), ROLLS.values(), KEY)
    assert read_roll(FolderSource(tmp_path), first.rolls[1]) == ROLLS["gb"]


def test_an_edition_that_breaks_the_chain_is_not_published(tmp_path):
    second = manifest(ROLLS, follows=manifest(ROLLS))
    with pytest.raises(ChainBroken):
        EditionStore(tmp_path).publish(second, ROLLS.values(), KEY)
    publish(tmp_path, ROLLS)
    with pytest.raises(ChainBroken):
        EditionStore(tmp_path).publish(manifest(ROLLS), ROLLS.values(), KEY)
    with pytest.raises(SignatureRefused):
        EditionStore(tmp_path).publish(second, ROLLS.values(), STRANGER)


def test_a_failed_write_leaves_the_pointer_and_no_trace(tmp_path, monkeypatch):
    (first,) = publish(tmp_path, ROLLS)
    monkeypatch.setattr(os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        EditionStore(tmp_path).publish(
            manifest({"everyone": RollFile.build(commitments(6))}, follows=first), [RollFile.build(commitments(6))], KEY
        )
    assert read_latest(FolderSource(tmp_path), PUBLIC) == first
    assert not list(tmp_path.rglob(".*"))


def test_another_registrars_edition_is_refused(tmp_path):
    publish(tmp_path, ROLLS)
    with pytest.raises(EditionRefused, match="another registrar"):
        read_latest(FolderSource(tmp_path), PUBLIC, Host("other.example.org"))


def test_a_pointer_with_another_number_is_refused(tmp_path):
    (first,) = publish(tmp_path, ROLLS)
    (tmp_path / "latest.json").write_bytes(Pointer(first.address, 2).encode())
    with pytest.raises(EditionRefused, match="another number"):
        read_latest(FolderSource(tmp_path), PUBLIC)


def test_files_that_are_not_what_their_address_says_are_refused(tmp_path):
    first, second = publish(tmp_path, ROLLS, {"everyone": RollFile.build(commitments(6))})
    (tmp_path / "editions" / f"{second.address}.json").write_bytes(first.encode())
    with pytest.raises(EditionRefused, match="address"):
        read_latest(FolderSource(tmp_path), PUBLIC)
    (tmp_path / "files" / f"{ROLLS['gb'].digest}.roll").write_bytes(ROLLS["everyone"].data)
    with pytest.raises(RollRefused, match="address"):
        read_roll(FolderSource(tmp_path), first.rolls[1])
    with pytest.raises(RollRefused, match="another size or root"):
        read_roll(FolderSource(tmp_path), replace(first.rolls[0], size=4))


class Server(http.server.BaseHTTPRequestHandler):
    folder = None
    redirect = ""

    def do_GET(self):
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", self.redirect)
            self.end_headers()
        elif self.path.startswith("/drip"):
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"{")
        else:
            file = self.folder / self.path.removeprefix("/rolls/")
            self.send_response(200 if file.is_file() else 404)
            self.end_headers()
            self.wfile.write(file.read_bytes() if file.is_file() else b"")

    def log_message(self, *arguments):
        pass


@contextmanager
def served(folder):
    handler = type("Handler", (Server,), {"folder": folder})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield handler, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_editions_are_read_over_http(tmp_path):
    (first,) = publish(tmp_path, ROLLS)
    with served(tmp_path) as (_, address):
        for base in (f"{address}/rolls", f"{address}/rolls/"):
            assert read_latest(source_at(base), PUBLIC) == first
        assert read_roll(HttpSource(f"{address}/rolls"), first.rolls[0]) == ROLLS["everyone"]


def test_names_below_localhost_are_this_machine(tmp_path):
    (first,) = publish(tmp_path, ROLLS)
    with served(tmp_path) as (_, address):
        for host in ("directory.localhost", "Directory.Localhost", "a.b.localhost"):
            assert read_latest(source_at(f"{address.replace('127.0.0.1', host)}/rolls"), PUBLIC) == first


def test_redirects_stay_on_the_host(tmp_path):
    (first,) = publish(tmp_path, ROLLS)
    with served(tmp_path) as (handler, address):
        handler.redirect = "/rolls/latest.json"
        assert Pointer.decode(HttpSource(f"{address}/away").read("latest.json", 1024)).edition == first.address
        for elsewhere in ("http://other.example.org/", address.replace("http://127.0.0.1", "http://localhost"), "file:///etc/passwd"):
            handler.redirect = elsewhere
            with pytest.raises(SourceFailed):
                HttpSource(f"{address}/away").read("latest.json", 1024)


def test_failures_of_a_source_are_named(tmp_path):
    publish(tmp_path, ROLLS)
    with served(tmp_path) as (_, address):
        for source in (HttpSource(f"{address}/rolls"), FolderSource(tmp_path)):
            with pytest.raises(SourceFailed, match="longer than 10 bytes"):
                source.read("latest.json", 10)
            with pytest.raises(SourceFailed, match="absent"):
                source.read("absent", 10)
        with pytest.raises(SourceFailed, match="cut short"):
            HttpSource(f"{address}/drip").read("latest.json", 10)
        with pytest.raises(SourceFailed, match="within -1 seconds"):
            HttpSource(f"{address}/rolls", deadline=-1).read("latest.json", 1024)
    with pytest.raises(SourceFailed, match="cannot be fetched"):
        HttpSource(address).read("latest.json", 10)


@pytest.mark.parametrize(
    "base", ["ftp://a.org", "file:///etc", "a.org", "https://", "https://a.org/?x=1", "https://a.org/#x", "http://[", "https://a.org]"]
)
def test_only_web_addresses_are_sources(base):
    with pytest.raises(SourceFailed):
        HttpSource(base)


def test_registers_are_part_of_what_is_signed():
    assert manifest(ROLLS).registers == (RegisterEntry("gb-gmc", 100_000), RegisterEntry("us-nppes", 100_000))


def test_the_newest_two_editions_are_copied(tmp_path):
    first, second, third = publish(tmp_path / "a", ROLLS, {"gb": ROLLS["gb"]}, {"everyone": RollFile.build(commitments(6))})
    copy = EditionStore(tmp_path / "b")
    assert copy.copy(FolderSource(tmp_path / "a"), PUBLIC) == third
    assert read_latest(copy.source, PUBLIC) == third
    assert read_roll(copy.source, second.rolls[0]) == ROLLS["gb"]
    with pytest.raises(SourceFailed):
        read_edition(copy.source, first.address, PUBLIC)
    assert copy.copy(FolderSource(tmp_path / "a"), PUBLIC) == third


def test_a_first_edition_is_copied(tmp_path):
    (first,) = publish(tmp_path / "a", ROLLS)
    assert EditionStore(tmp_path / "b").copy(FolderSource(tmp_path / "a"), PUBLIC) == first


def test_a_copy_is_not_led_back_or_aside(tmp_path):
    editions = publish(tmp_path / "a", ROLLS, ROLLS)
    copy = EditionStore(tmp_path / "copy")
    copy.copy(FolderSource(tmp_path / "a"), PUBLIC)
    publish(tmp_path / "old", ROLLS)
    publish(tmp_path / "other", {}, ROLLS)
    for folder, reason in (("old", "shows edition 1"), ("other", "another edition 2")):
        with pytest.raises(ChainBroken, match=reason):
            copy.copy(FolderSource(tmp_path / folder), PUBLIC)
    assert read_latest(copy.source, PUBLIC) == editions[-1]


def test_a_damaged_source_is_not_copied(tmp_path):
    (first,) = publish(tmp_path / "a", ROLLS)
    (tmp_path / "a" / "files" / f"{first.rolls[0].file}.roll").write_bytes(b"damaged")
    with pytest.raises(RollRefused):
        EditionStore(tmp_path / "b").copy(FolderSource(tmp_path / "a"), PUBLIC)
    assert not EditionStore(tmp_path / "b").has_edition()


def test_a_chain_signed_anew_keeps_its_addresses_and_is_copied_over_the_old_signatures(tmp_path):
    first, second = publish(tmp_path / "a", ROLLS, ROLLS)
    store, copy = EditionStore(tmp_path / "a"), EditionStore(tmp_path / "b")
    copy.copy(store.source, PUBLIC)
    store.rewrite([first, second], [], STRANGER)
    with pytest.raises(SignatureRefused):
        copy.copy(store.source, PUBLIC)
    assert copy.copy(store.source, STRANGER.public_key()) == second
    assert read_edition(copy.source, second.address, STRANGER.public_key()) == second


def test_a_lost_folder_is_written_again_from_the_chain_and_the_newest_rolls(tmp_path):
    first, second = publish(tmp_path / "a", ROLLS, ROLLS)
    store = EditionStore(tmp_path / "b")
    assert not store.has_roll(second.rolls[0].file)
    with pytest.raises(SourceFailed):
        store.rewrite([first, second], [], KEY)
    assert not store.has_edition()
    store.rewrite([first, second], ROLLS.values(), KEY)
    assert read_latest(store.source, PUBLIC) == second
    assert read_edition(store.source, first.address, PUBLIC) == first
    with pytest.raises(ChainBroken):
        store.rewrite([second, first], [], KEY)
