"""Someone who posts as nobody: a browser that sends no cookie, and a wallet whose proofs were made beforehand (fixtures/oneoffs.json)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.oneoffs import tickets
from curbside.anonymous.membership.models import Edition
from curbside.credential.names import decode_base64url
from curbside.kit.ids import PublicId, public_id
from tests.anonymous.membership.cast import REGISTRAR, fragment

ONEOFFS = json.loads((Path(__file__).parent / "fixtures" / "oneoffs.json").read_text(encoding="utf-8"))
THE_CASE, ANOTHER_CASE = (PublicId().to_python(ONEOFFS["proofs"][f"one, {case}"]["object"]) for case in ("the case", "another case"))
LESSON = {
    "kind": "lesson",
    "specialty": "anaesthetics",
    "language": "en",
    "title": "Ten times the dose",
    "story": "I drew it up **myself**, and nobody else looked.",
    "question": "I would have it read aloud by a second person.",
}


def packet(name: str, **changes: object) -> str:
    """The wallet's packet for a person and a place, such as `one, the case`."""
    made = ONEOFFS["proofs"][name]
    digest = Edition.objects.filter(registrar=REGISTRAR).latest("number").digest
    entry = {"registrar": REGISTRAR, "edition": digest, "roll": "everyone", "proof": {**made["proof"], **changes}}
    return fragment({"format": "curbside-proof-1", **{part: made[part] for part in ("purpose", "object", "epoch")}, "proofs": [entry]})


def false_packet(name: str) -> str:
    """Points of the right shape that prove nothing: a and c changed places."""
    points = ONEOFFS["proofs"][name]["proof"]["points"]
    return packet(name, points=[*points[6:], *points[2:6], *points[:2]])


def nullifier(name: str) -> bytes:
    return int(ONEOFFS["proofs"][name]["proof"]["nullifier"]).to_bytes(32)


@dataclass
class Nobody:
    """``person`` says whose wallet it is: one or other."""

    monkeypatch: pytest.MonkeyPatch
    person: str = "one"
    client: Client = field(default_factory=lambda: Client(headers={"host": settings.ALLOWED_HOSTS[0]}))

    def send(self, path: str, body: object) -> tuple[int, dict[str, str]]:
        response = self.client.post(path, json.dumps(body), content_type="application/json")
        assert not response.cookies
        return response.status_code, response.json()

    def begin(self, act: str, text: str, *, case: str = "the case", comment: int = 0) -> dict[str, str]:
        """A ticket, with the challenge and the id that the proofs were made for."""
        object_id = PublicId().to_python(ONEOFFS["proofs"][f"one, {case}"]["object"])
        self.monkeypatch.setattr(tickets, "secrets", SimpleNamespace(token_bytes=lambda _count: decode_base64url(ONEOFFS["challenge"])))
        if act == "post":
            self.monkeypatch.setattr(tickets, "random_id", lambda: object_id)
        asked = {"act": act, "case": public_id(object_id), "comment": public_id(comment) if comment else ""}
        status, answer = self.send("/oneoff/begin/", {**asked, "digest": hashlib.sha256(text.encode()).hexdigest()})
        self.monkeypatch.undo()
        assert status == 200, answer
        return answer

    def finish(self, ticket: str, text: str, *, case: str = "the case", day: str = "the day", **changes: str) -> tuple[int, dict[str, str]]:
        packets = {"proof": packet(f"{self.person}, {case}"), "quota": packet(f"{self.person}, {day}") if day else ""}
        return self.send("/oneoff/finish/", {"ticket": ticket, "draft": text, **packets, **changes})

    def post(self, fields: Mapping[str, str] = LESSON, *, case: str = "the case", day: str = "the day") -> tuple[int, dict[str, str]]:
        text = json.dumps({**fields, "salt": "s"})
        return self.finish(self.begin("post", text, case=case)["ticket"], text, case=case, day=day)

    def act(self, act: str, *, comment: int = 0, case: str = "the case", **fields: str) -> tuple[int, dict[str, str]]:
        """Answer, edit, remove, unanswer or say what helped."""
        text = json.dumps({**fields, "salt": "s"})
        return self.finish(self.begin(act, text, case=case, comment=comment)["ticket"], text, case=case, day="")

    def posted(self, **fields: str) -> Case:
        status, answer = self.post({**LESSON, **fields})
        assert status == 200, answer
        return Case.objects.get(pk=THE_CASE)
