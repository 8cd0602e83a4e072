"""Hauls made up in memory, with or without a signal, so that each attacker can be tried without living a year."""

import json
import random  # noqa: TID251 - tests repeat
from datetime import date, timedelta
from pathlib import Path

from tests.drill.loot import Edition, Loot, Row, _persons

START = date(2026, 1, 5)
DOCTORS, K = 120, 10


class MadeUp(Loot):
    """A year of 120 doctors, each of them a member: the i-th member is the i-th doctor."""

    def __init__(self, folder: Path, *, chance: random.Random) -> None:
        super().__init__(folder)
        self._chance = chance
        self.named_rows: list[Row] = []
        self.anonymous_rows: list[Row] = []
        self.links: dict[str, str] = {}
        self.own: list[dict[str, object]] = []
        self.nobody: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        for place in range(DOCTORS):
            self._add(place)

    def _id(self) -> int:
        return self._chance.randrange(1 << 41, 1 << 62)

    def _add(self, place: int) -> None:
        """Held in crowds of k; joins some editions later."""
        chance = self._chance
        batch = place // K
        held = START + timedelta(weeks=2 * batch)
        own: dict[str, object] = {
            "number": f"{chance.randrange(10**9, 10**10)}",
            "licence_id": self._id(),
            "doctor_id": self._id(),
            "member_id": self._id(),
            "nullifier": chance.randbytes(32),
            "commitment": chance.randbytes(32),
            "held": held,
            "batch": batch,
            "joined": held + timedelta(days=chance.randrange(0, 50)),
            "country": chance.choice(("gb", "fr", "us")),
            "pseudonym": f"calm-heron-{place:03}",
        }
        self.own.append(own)
        self.links[own["nullifier"].hex()] = own["number"]  # type: ignore[attr-defined,index,assignment]

    def build(self) -> "MadeUp":
        """Make the rows of what ``own`` says by now."""
        for place, own in enumerate(self.own):
            self._named_of(own)
            self._anonymous_of(place, own)
        seen = {
            side: dict.fromkeys(rows, (START, START)) for side, rows in (("named", self.named_rows), ("anonymous", self.anonymous_rows))
        }
        self.__dict__["seen"] = seen
        self.__dict__["doctors"] = _persons(self.named_rows, "doctors_licence", lambda row: row.get("number"))
        self.__dict__["members"] = _persons(self.anonymous_rows, "membership_member", lambda row: bytes(row.get("nullifier")).hex())
        self.__dict__["editions"] = self._editions()
        return self

    def _row(self, side: list[Row], table: str, **values: object) -> Row:
        row = Row(table, tuple({"id": self._id(), **values}.items()))
        side.append(row)
        return row

    def _named_of(self, own: dict[str, object]) -> None:
        handed = own["held"] - timedelta(days=self._chance.randrange(1, 13))  # type: ignore[operator]
        extra = own.get("named_extra", {})
        self._row(self.named_rows, "doctors_doctor", **{"id": own["doctor_id"], "family_name": f"Name{own['number']}", **extra})  # type: ignore[dict-item]
        self._row(
            self.named_rows,
            "doctors_licence",
            id=own["licence_id"],
            doctor_id=own["doctor_id"],
            number=own["number"],
            country=own["country"],
            specialties="[]",
            verified_on=str(handed),
        )
        self._row(self.named_rows, "roll_commitment", licence_id=own["licence_id"], value=own["commitment"], handed_in_on=str(handed))
        if "session_ends" in own:
            self._row(self.named_rows, "doctors_session.data", person=own["doctor_id"], ends_on=own["session_ends"])

    def _anonymous_of(self, place: int, own: dict[str, object]) -> None:
        joined, extra = own["joined"], own.get("extra", {})
        member = {"id": own["member_id"], "nullifier": own["nullifier"], "pseudonym": own["pseudonym"], "joined_on": str(joined)}
        self._row(self.anonymous_rows, "membership_member", **{**member, "term_ends_on": str(joined + timedelta(days=92)), **extra})  # type: ignore[dict-item,operator]
        posted = own.get("posted", joined + timedelta(days=self._chance.randrange(0, 60)))  # type: ignore[operator]
        case = own.get("case_id", self._id())
        self._row(
            self.anonymous_rows,
            "cases_case",
            id=case,
            author_id=own["member_id"],
            language=own.get("language", "en"),
            specialty="neurology",
            posted_at=f"{posted} {place % 24:02}:15:00",
            view_count=3,
            **self._text_of(own),
            **own.get("case_extra", {}),  # type: ignore[dict-item]
        )
        for other, day in own.get("letters", ()):  # type: ignore[attr-defined]
            self._letter(own, self.own[other], day)
        if "nobody" in own:
            self._by_nobody(own, **own["nobody"])  # type: ignore[arg-type]
        if "alias" in own:
            row = self._row(self.anonymous_rows, "cases_case", under_alias=1, text_id=self._id(), **own["alias"])  # type: ignore[arg-type]
            self.aliases[str(row.get("id"))] = own["nullifier"].hex()  # type: ignore[attr-defined]
        if "session_ends" in own:
            self._row(self.anonymous_rows, "membership_session.data", person=own["member_id"], ends_on=own["session_ends"])

    def _text_of(self, own: dict[str, object]) -> dict[str, int]:
        if "text_size" not in own:
            return {}
        text_id = self._id()
        sealed = {"id": text_id, "ciphertext": bytes(own["text_size"]), "key_id": self._id()}  # type: ignore[call-overload]
        self._row(self.anonymous_rows, "sealing_sealedtext", **sealed)
        return {"text_id": text_id}

    def _letter(self, own: dict[str, object], other: dict[str, object], day: date) -> None:
        conversation = self._id()
        for one, two in ((own, other), (other, own)):
            side = {"conversation_id": conversation, "member_id": one["member_id"], "other_id": two["member_id"]}
            self._row(self.anonymous_rows, "private_messages_side", **side)
        written = {"conversation_id": conversation, "author_id": own["member_id"], "posted_at": f"{day} 10:10:00"}
        self._row(self.anonymous_rows, "private_messages_message", **written)

    def _by_nobody(self, own: dict[str, object], *, minute: str, **more: object) -> None:
        number, text_id = self._chance.randbytes(32), self._id()
        sealed = {"id": text_id, "ciphertext": self._chance.randbytes(more.pop("size", 541)), "key_id": self._id()}  # type: ignore[arg-type]
        self._row(self.anonymous_rows, "sealing_sealedtext", **sealed)
        self._row(self.anonymous_rows, "cases_case", nullifier=number, text_id=text_id, posted_at=minute, **more)
        self.nobody[number.hex()] = own["nullifier"].hex()  # type: ignore[attr-defined]

    def vouch(self, one: int, other: int) -> None:
        """Have one doctor vouch for another, in the named database; before ``build``."""
        application = self._row(self.named_rows, "verification_application", doctor_id=self.own[other]["doctor_id"])
        vouch = {"voucher_id": self.own[one]["doctor_id"], "application_id": application.get("id")}
        self._row(self.named_rows, "verification_vouch", **vouch)

    def _editions(self) -> list[Edition]:
        days = sorted({own["held"] for own in self.own})  # type: ignore[type-var]
        last = days[-1] + timedelta(weeks=30)  # type: ignore[operator]
        weekly = [START + timedelta(weeks=week) for week in range((last - START).days // 7)]  # type: ignore[operator]
        every = sorted({*days, *weekly})  # type: ignore[arg-type,list-item]
        found = []
        for number, day in enumerate(every, start=1):
            held = frozenset(own["commitment"].hex() for own in self.own if own["held"] <= day)  # type: ignore[attr-defined,operator]
            found.append(Edition(number, day, {"everyone": held}))  # type: ignore[arg-type]
        return found

    def newest(self, side: str) -> tuple[Row, ...]:
        return tuple(self.named_rows if side == "named" else self.anonymous_rows)

    def truth(self) -> Path:
        file = self.folder / "truth.json"
        file.write_text(json.dumps({"links": self.links, "nobody": self.nobody, "aliases": self.aliases, "k": K, "left": {}}))
        return file
