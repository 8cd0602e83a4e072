import hashlib
import json
from dataclasses import replace

import pytest

from curbside.credential import wallet_sums
from curbside.credential.audit import audit
from curbside.credential.command import Registrar, SignedRolls, audit_command, verify_command
from curbside.credential.edition import parse_public_key, public_key_text, sign
from curbside.credential.edition_source import FolderSource, Pointer
from curbside.credential.edition_store import EditionStore
from curbside.credential.errors import EditionRefused
from curbside.credential.knock import RollReference
from curbside.credential.names import Host, RollName, Sha256
from curbside.credential.roll_file import RollFile

from .cast import KEY, REGISTRAR, STRANGER, VECTORS, Knock, commitments, manifest, publish, vector

PUBLIC = KEY.public_key()
SMALL = {"everyone": RollFile.build(commitments(5)), "gb": RollFile.build(commitments(3))}


def found(folder, **options):
    return [str(finding) for finding in audit(FolderSource(folder), PUBLIC, **options).findings]


def test_an_honest_registrar_passes(tmp_path):
    editions = publish(tmp_path, SMALL, {**SMALL, "everyone": RollFile.build(commitments(6))}, SMALL)
    result = audit(FolderSource(tmp_path), PUBLIC, registrar=REGISTRAR)
    assert result.findings == ()
    assert (list(result.editions), result.files) == (editions[::-1], 3)


def test_the_vectors_pass():
    assert audit_command([str(VECTORS / "editions"), "--key", vector("knock.json")["public_key"]]) == 0


def test_a_strangers_signature_is_found(tmp_path):
    publish(tmp_path, SMALL)
    result = audit(FolderSource(tmp_path), STRANGER.public_key())
    assert [finding.what for finding in result.findings] == ["the signature is not the registrar's"]
    assert found(tmp_path, registrar=Host("other.example.org")) == ["the edition is another registrar's"]


def test_a_missing_edition_is_found(tmp_path):
    first, *_ = publish(tmp_path, SMALL, SMALL, SMALL)
    (tmp_path / "editions" / f"{first.address}.json").unlink()
    (finding,) = found(tmp_path)
    assert finding.startswith("edition 1: editions/")


def test_a_broken_chain_is_found(tmp_path):
    """The store refuses to publish this; another registrar's software may not."""
    (first,) = publish(tmp_path, SMALL)
    second = replace(manifest(SMALL, follows=first), date=first.date.replace(year=2025))
    (tmp_path / "editions" / f"{second.address}.json").write_bytes(second.encode())
    (tmp_path / "editions" / f"{second.address}.sig").write_bytes(sign(second.encode(), KEY))
    (tmp_path / "latest.json").write_bytes(Pointer(second.address, 2).encode())
    assert found(tmp_path) == ["edition 1: edition 2 is dated before edition 1"]


def test_a_wrong_node_in_a_file_is_found(tmp_path):
    data = SMALL["everyone"].data
    at = 16 + 32 * 5
    wrong = RollFile.decode(data[:at] + bytes(32) + data[at + 32 :])
    publish(tmp_path, {"everyone": wrong})
    assert found(tmp_path) == ["edition 1: the roll everyone: a node is not the hash of the two below it"]


def test_a_missing_file_is_found(tmp_path):
    publish(tmp_path, SMALL)
    (tmp_path / "files" / f"{SMALL['gb'].digest}.roll").unlink()
    (finding,) = found(tmp_path)
    assert finding.startswith("edition 1: the roll gb: files/")


def test_a_roll_larger_than_its_countrys_registers_is_found(tmp_path):
    publish(tmp_path, SMALL, licences=2)
    assert found(tmp_path) == [
        "edition 1: the roll everyone has 5 commitments, its registers only 4 licences",
        "edition 1: the roll gb has 3 commitments, its registers only 2 licences",
    ]
    assert audit_command([str(tmp_path), "--key", public_key_text(PUBLIC)]) == 1


def test_a_country_without_a_register_has_no_licences(tmp_path):
    publish(tmp_path, {"fr": SMALL["gb"]})
    assert found(tmp_path) == ["edition 1: the roll fr has 3 commitments, its registers only 0 licences"]


@pytest.mark.parametrize(("licences", "size", "allowed"), [(1000, 23, True), (1000, 24, False), (1500, 33, True), (1500, 34, False)])
def test_a_roll_grows_by_a_hundredth_of_its_registers_a_week_begun_or_ten_k(tmp_path, licences, size, allowed):
    """A week after the first edition two weeks have begun: 2 % of 1,000 is 10 k, 2 % of 1,500 is 30."""
    publish(tmp_path, SMALL, {"gb": RollFile.build(commitments(size))}, licences=licences)
    limit = max(20, licences // 50)
    assert found(tmp_path) == ([] if allowed else [f"edition 2: the roll gb grew from 3 to {size}, by more than {limit}"])


def test_a_new_roll_may_begin_with_any_size_its_registers_allow(tmp_path):
    publish(tmp_path, {}, {"everyone": RollFile.build(commitments(200))}, licences=100)
    assert found(tmp_path) == []


def wallet_at(folder, **files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(files.items()))
    (folder / "SHA256SUMS").write_text(sums)
    return Sha256(hashlib.sha256(sums.encode()).hexdigest())


def test_a_wallet_is_compared_with_the_edition(tmp_path):
    digest = wallet_at(tmp_path / "wallet", script="a", style="b")
    EditionStore(tmp_path).publish(replace(manifest(SMALL), wallet=digest), SMALL.values(), KEY)
    wallet = FolderSource(tmp_path / "wallet")
    assert found(tmp_path, wallet=wallet) == []
    (tmp_path / "wallet" / "script").write_text("changed")
    assert found(tmp_path, wallet=wallet) == ["edition 1: the wallet: script is not what SHA256SUMS says"]
    (tmp_path / "wallet" / "SHA256SUMS").write_text("changed")
    assert found(tmp_path, wallet=wallet) == ["edition 1: the wallet: SHA256SUMS is not the one the edition names"]


def test_an_edition_without_a_wallet_vouches_for_none(tmp_path):
    publish(tmp_path, SMALL)
    wallet_at(tmp_path / "wallet", script="a")
    assert found(tmp_path, wallet=FolderSource(tmp_path / "wallet")) == ["edition 1: the edition names no wallet"]


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../b", ".hidden", "a//b", "a b", ""])
def test_sums_that_lead_out_of_the_wallet_are_refused(path):
    with pytest.raises(EditionRefused):
        wallet_sums.parse(f"{'a' * 64}  {path}\n".encode())


def test_sums_in_another_form_are_refused():
    line = f"{'a' * 64}  a\n".encode()
    for refused in (b"", b"\n", line[:-1], line + line, line.upper(), line + b"\xff\n"):
        with pytest.raises(EditionRefused):
            wallet_sums.parse(refused)


def packet_file(tmp_path, name="join with two badges"):
    knock = Knock(name)
    file = tmp_path / "packet.json"
    file.write_bytes(knock.packet)
    terms = vector("knock.json")["cases"][name]["terms"]
    registrar = [REGISTRAR, vector("knock.json")["public_key"], str(VECTORS / "editions")]
    badges = [option for badge in terms["badges"].split(",") if badge for option in ("--badge", badge)]
    passkey = [] if terms["passkey"] == "-" else ["--passkey", terms["passkey"]]
    options = ["--community", terms["community"], "--challenge", terms["challenge"], *badges, *passkey]
    return [
        str(file),
        *options,
        "--purpose",
        terms["purpose"],
        "--object",
        terms["object"],
        "--epoch",
        terms["epoch"],
        "--registrar",
        *registrar,
    ]


def test_the_command_says_that_a_bare_proof_holds(capsys):
    assert verify_command([str(VECTORS / "proof-20.json")]) == 0
    assert capsys.readouterr().out == f"holds, with the nullifier {vector('proof-20.json')['nullifier']}\n"


def test_the_command_says_why_a_bare_proof_is_refused(capsys, tmp_path):
    assert verify_command([str(VECTORS / "proof-16.json")]) == 1
    assert capsys.readouterr().out == "refused: the proof is not of depth 20\n"
    (tmp_path / "noise").write_bytes(b"\xff")
    assert verify_command([str(tmp_path / "noise")]) == 1


@pytest.mark.parametrize("name", ["join with two badges", "one-off post", "daily quota"])
def test_the_command_says_that_a_packet_holds(tmp_path, name):
    assert verify_command(packet_file(tmp_path, name)) == 0


def test_the_command_refuses_a_packet_of_a_registrar_or_roll_that_was_not_given(tmp_path, capsys):
    arguments = packet_file(tmp_path)
    arguments[arguments.index(REGISTRAR)] = "other.example.org"
    assert verify_command(arguments) == 1
    assert "not accepted" in capsys.readouterr().out


def test_the_command_refuses_a_roll_that_the_edition_does_not_hold(tmp_path, capsys):
    arguments = packet_file(tmp_path)
    packet = json.loads((tmp_path / "packet.json").read_bytes())
    packet["proofs"][1]["roll"] = "gb/cardiology"
    (tmp_path / "packet.json").write_text(json.dumps(packet))
    arguments[arguments.index("directory.example.org:gb/anaesthetics")] = "directory.example.org:gb/cardiology"
    assert verify_command(arguments) == 1
    assert "another message" in capsys.readouterr().out


@pytest.mark.parametrize(
    "changes", [{"--community": "A"}, {"--challenge": "AA"}, {"--badge": "x"}, {"--object": "x"}, {"--purpose": "x"}, {"--registrar": "X"}]
)
def test_wrong_usage_has_the_status_2(tmp_path, changes):
    arguments = packet_file(tmp_path)
    for option, value in changes.items():
        arguments[arguments.index(option) + 1] = value
    with pytest.raises(SystemExit) as stopped:
        verify_command(arguments)
    assert stopped.value.code == 2


def test_an_absent_file_and_a_packet_without_terms_are_wrong_usage(tmp_path):
    file, *_ = packet_file(tmp_path)
    for arguments in ([], ["absent.json"], [file]):
        with pytest.raises(SystemExit) as stopped:
            verify_command(arguments)
        assert stopped.value.code == 2


def test_an_audit_without_a_key_or_with_a_wrong_source_is_wrong_usage():
    for arguments in (["folder"], ["folder", "--key", "AA"], ["http://[", "--key", public_key_text(PUBLIC)]):
        with pytest.raises(SystemExit) as stopped:
            audit_command(arguments)
        assert stopped.value.code == 2


def test_help_is_printed(capsys):
    for command in (verify_command, audit_command):
        with pytest.raises(SystemExit) as stopped:
            command(["--help"])
        assert stopped.value.code == 0
        assert "Exit status" in capsys.readouterr().out


def test_the_command_refuses_a_roll_that_the_signed_edition_lacks(tmp_path):
    rolls = SignedRolls({REGISTRAR: Registrar(parse_public_key(vector("knock.json")["public_key"]), FolderSource(VECTORS / "editions"))})
    address = Sha256(vector("knock.json")["edition"])
    assert rolls.find(RollReference(REGISTRAR, address, RollName("gb"))).size == 41
    assert rolls.find(RollReference(REGISTRAR, address, RollName("gb/cardiology"))) is None
