"""Make `knock.json` and `editions/`: a registrar's edition, and packets proved against it by the JavaScript libraries.

    PYTHONPATH=src .venv/bin/python tests/vectors/make_knock.py NODE_MODULES

Everything but the proofs comes out the same each time; a proof has fresh randomness in it.
"""

import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from curbside.credential.edition import Manifest, RegisterEntry, RollEntry, public_key_text
from curbside.credential.edition_store import EditionStore
from curbside.credential.knock import Challenge, KnockTerms, PasskeyDigest, Purpose
from curbside.credential.names import Badge, Host, RollName, encode_base64url
from curbside.credential.roll_file import RollFile

HERE = Path(__file__).parent
REGISTRAR = Host("directory.example.org")
COMMUNITY = Host("community.example.org")
KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"the vectors' registrar").digest())
PASSKEY = PasskeyDigest(hashlib.sha256(b"a passkey").digest())


def challenge(number: int) -> Challenge:
    return Challenge(hashlib.sha256(f"challenge {number}".encode()).digest())


TERMS = {
    "join without badges": KnockTerms(COMMUNITY, challenge(1), passkey=PASSKEY),
    "join with two badges": KnockTerms(
        COMMUNITY,
        challenge(2),
        passkey=PASSKEY,
        badges=(Badge(REGISTRAR, RollName("gb")), Badge(REGISTRAR, RollName("gb/anaesthetics"))),
    ),
    "one-off post": KnockTerms(COMMUNITY, challenge(3), purpose=Purpose.CASE, object_id="4q9zt0w3hk2xm"),
    "daily quota": KnockTerms(COMMUNITY, challenge(4), purpose=Purpose.QUOTA, epoch="2026-11-23"),
}


def entry(name: str, roll: RollFile) -> RollEntry:
    return RollEntry(RollName(name), roll.size, roll.root, roll.digest)


def publish() -> tuple[Manifest, dict[str, RollFile]]:
    leaves = [int(leaf) for leaf in json.loads((HERE / "group.json").read_bytes())["leaves"]]
    rolls = {name: RollFile.build(leaves[:size]) for name, size in (("everyone", 300), ("gb", 41), ("gb/anaesthetics", 21))}
    manifest = Manifest(
        registrar=REGISTRAR,
        number=1,
        date=date(2026, 11, 23),
        previous=None,
        k=20,
        rolls=tuple(entry(name, roll) for name, roll in rolls.items()),
        registers=(RegisterEntry("gb-gmc", 379_208), RegisterEntry("us-nppes", 1_201_734)),
    )
    EditionStore(HERE / "editions").publish(manifest, rolls.values(), KEY)
    return manifest, rolls


def prove(terms: KnockTerms, roll: RollFile, modules: Path) -> object:
    job = {
        "secret": "doctor-7",
        "leaves": [str(leaf) for leaf in roll.commitments()],
        "message": str(terms.message),
        "scope": str(terms.scope),
        "depth": 20,
        "artifacts": str(modules / "@zk-kit" / "semaphore-artifacts"),
    }
    script = modules.parent / "prove.mjs"
    script.write_bytes((HERE / "prove.mjs").read_bytes())
    try:
        run = subprocess.run(["node", script], input=json.dumps(job), capture_output=True, text=True, check=True)
    finally:
        script.unlink()
    return json.loads(run.stdout)


def case(terms: KnockTerms, manifest: Manifest, rolls: dict[str, RollFile], modules: Path) -> dict[str, object]:
    asked = [badge.roll for badge in terms.badges] or ["everyone"]
    proofs = [
        {"registrar": REGISTRAR, "edition": manifest.address, "roll": name, "proof": prove(terms, rolls[name], modules)} for name in asked
    ]
    return {
        "terms": {
            "community": terms.community,
            "purpose": terms.purpose.value,
            "object": terms.object_id,
            "epoch": terms.epoch,
            "challenge": encode_base64url(terms.challenge),
            "passkey": "-" if terms.passkey is None else encode_base64url(terms.passkey),
            "badges": ",".join(str(badge) for badge in terms.badges),
        },
        "scope": str(terms.scope),
        "message": str(terms.message),
        "packet": {
            "format": "curbside-proof-1",
            "purpose": terms.purpose.value,
            "object": terms.object_id,
            "epoch": terms.epoch,
            "proofs": proofs,
        },
    }


def main() -> None:
    modules = Path(sys.argv[1]).resolve()
    manifest, rolls = publish()
    cases = {name: case(terms, manifest, rolls, modules) for name, terms in TERMS.items()}
    vector = {"public_key": public_key_text(KEY.public_key()), "edition": manifest.address, "cases": cases}
    (HERE / "knock.json").write_text(json.dumps(vector, indent=1) + "\n", encoding="utf-8")


main()
