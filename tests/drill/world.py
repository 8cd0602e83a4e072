"""A year of both sites: the doctors meet each site's process day by day, and what a thief could find is laid aside.

This process plays the doctors, so it alone knows who is who. Each site's process is told only what a site is told.
"""

import base64
import json
import os
import random  # noqa: TID251 - a seeded drill must repeat
import secrets
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from curbside.credential.edition_source import FolderSource, read_edition, read_pointer, read_roll
from curbside.credential.knock import Challenge, KnockTerms
from curbside.credential.names import Host
from tests.drill.habits import Habits
from tests.drill.people import EVERYONE, STEM, Doctor, Secret, make_doctors, register_files, text

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY, COMMUNITY = "directory.curbside-drill.org", "community.curbside-drill.org"
TERM, RING_BACKUPS_LAST = 92, 14
"""Days."""
Order = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a drill is."""

    doctors: int = 240
    weeks: int = 52
    k: int = 10
    real_proofs: int = 6
    seed: str = ""
    longest_wait: int | None = None
    """Days; None for what the site has by default."""


@dataclass(slots=True)
class Membership:
    """What a doctor does in the community, as the doctor's own calendar has it."""

    doctor: Doctor
    secret: Secret
    badges: list[str]
    joined: date
    term_ends: date
    next_write: date
    leaves: date | None = None
    recovers: date | None = None
    gives_up: bool = False
    over: bool = False
    writes_letters: bool = False
    joined_at: float = 0.0
    """The hour of the day of joining."""


@dataclass(slots=True)
class Truth:
    """Who is who, for scoring alone: no attacker reads it."""

    links: dict[str, str] = field(default_factory=dict)
    """Nullifier in hex to licence number."""
    left: dict[str, str] = field(default_factory=dict)
    """Nullifier of who left to the date."""
    shown: dict[str, list[str]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    real_proofs: int = 0
    nobody: dict[str, str] = field(default_factory=dict)
    """Number of a post as nobody in hex to its author's nullifier."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Id of a case under an alias to its author's nullifier."""


class Process:
    """A driver in a process of its own."""

    def __init__(self, command: list[str], *, settings: dict[str, str], log: Path | None = None) -> None:
        self._log = log.open("ab") if log else None
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=settings, cwd=ROOT, text=True
        )
        self._file = log

    def tell(self, order: object) -> None:
        if self._process.stdin is None:
            raise RuntimeError
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def hear(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"A driver stopped:\n{self._file.read_text()[-3000:] if self._file else ''}")
        return json.loads(line)

    def ask(self, order: object) -> Any:
        self.tell(order)
        return self.hear()

    def stop(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=30)
        if self._log:
            self._log.close()


class World:
    """Both sites, the wallet's libraries, and the calendar."""

    def __init__(self, folder: Path, plan: Plan, say: Callable[[str], None] = lambda _line: None) -> None:
        self.folder, self.plan, self._say = folder, plan, say
        self.chance = random.Random(plan.seed or secrets.token_hex(16))
        self.quiet = random.Random(f"{plan.seed or secrets.token_hex(16)} quiet")
        """Of what is not under a pseudonym, so that the year of all else stays as it was."""
        self.habits = Habits(plan.seed or secrets.token_hex(16))
        self.last_day = datetime.now(UTC).date()
        self.start = self.last_day - timedelta(days=plan.weeks * 7 - 1)
        self.truth = Truth()
        self.doctors = make_doctors(plan.doctors, start=self.start, days=plan.weeks * 7, chance=self.chance)
        self.members: list[Membership] = []
        self._ready: dict[str, int] = {}
        """Commitment to the week in which it joins."""
        self._named_orders: dict[date, list[Order]] = defaultdict(list)
        self._anonymous_orders: dict[date, list[Order]] = defaultdict(list)
        self._rolls: dict[str, set[str]] = {}
        self._patience: dict[str, int] = {}
        self._ends: dict[str, date] = {}
        """When a licence ends or an account is deleted, by handle."""

    # Setting up

    def _settings(self, *, registrar: str = "") -> dict[str, str]:
        """Production, on both sides; each side's own secrets lie in files of the data folder."""
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CURBSIDE_MODE": "production",
            "CURBSIDE_DATA_DIR": str(self.folder / "data"),
            "CURBSIDE_BUILD_DIR": str(ROOT / "build"),
            "CURBSIDE_DIRECTORY_ORIGIN": f"https://{DIRECTORY}",
            "CURBSIDE_COMMUNITY_ORIGIN": f"https://{COMMUNITY}",
            "CURBSIDE_WALLET_ORIGIN": "https://wallet.curbside-drill.org",
            "CURBSIDE_ROLL_LEAST": str(self.plan.k),
            "CURBSIDE_BADGE_LEAST": str(self.plan.k),
            "CURBSIDE_TERM_DAYS": str(TERM),
            "CURBSIDE_REGISTRARS": registrar,
            "DRILL_SEED": self.plan.seed,
            **({} if self.plan.longest_wait is None else {"CURBSIDE_ROLL_LONGEST_WAIT_DAYS": str(self.plan.longest_wait)}),
        }

    def _curbside(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "curbside", *words], env=self._settings(), capture_output=True, text=True, cwd=self.folder, check=False
        )
        if done.returncode:
            raise RuntimeError(f"curbside {' '.join(words)}: {done.stderr[-2000:]}")
        return done.stdout

    def build(self) -> None:
        """Keys, tables, styles; then both drivers."""
        for name in ("logs", "backups/named", "backups/anonymous", "backups/ring", "raw"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._wallet = Process(["node", str(Path(__file__).with_name("secrets.mjs"))], settings=dict(os.environ))
        scope = KnockTerms(community=Host(COMMUNITY), challenge=Challenge(bytes(32))).scope
        spare = [Secret(self.chance.randbytes(32)) for _ in range(8)]
        self._spare = spare
        everyone = [doctor.secrets[0] for doctor in self.doctors] + spare
        self._wallet.tell({"kind": "identities", "scope": str(scope), "secrets": [base64.b64encode(s.secret).decode() for s in everyone]})
        self._curbside("keys", "make")
        for words in (("migrate", "named"), ("migrate", "anonymous"), ("collect", "named"), ("collect", "anonymous")):
            self._curbside(*words)
        key = self._public_key()
        self.registrar = f"https://{DIRECTORY} {key} {self.folder / 'data/named/rolls'}"
        self._named = self._driver("named")
        self._anonymous = self._driver("anonymous")
        for made, answer in zip(everyone, self._wallet.hear(), strict=True):
            made.commitment, made.nullifier = answer["commitment"], answer["nullifier"]

    def _public_key(self) -> str:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        seed = (self.folder / "data/named/keys/roll_signing_key").read_text().strip()
        private = Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(seed + "="))
        self._key = private.public_key()
        return base64.urlsafe_b64encode(self._key.public_bytes_raw()).decode().rstrip("=")

    def _driver(self, site: str) -> Process:
        registrar = self.registrar if site == "anonymous" else ""
        settings = self._settings(registrar=registrar) | {"DRILL_OBSERVER": str(self.folder / f"logs/observer-{site}.txt")}
        return Process([sys.executable, "-m", f"tests.drill.sites.{site}"], settings=settings, log=self.folder / "logs" / f"{site}.log")

    # The calendar

    def live(self) -> None:
        """The whole year."""
        for name, content in register_files(self.doctors):
            (self.folder / f"{name}.csv").write_text(content, encoding="utf-8")
        begin = self._at(self.start, 1)
        self._named.ask(
            [
                {"do": "import_register", "register": name, "file": str(self.folder / f"{name}.csv"), "at": begin}
                for name in ("gb-gmc", "fr-rpps", "us-nppes")
            ]
            + [{"do": "invite", "at": begin}]
        )
        for doctor in self.doctors:
            self._plan_verification(doctor)
        self._plan_accidents()
        for week in range(self.plan.weeks):
            self._live_week(week)
            self._say(
                f"week {week + 1} of {self.plan.weeks}: {len(self._rolls.get(EVERYONE, ()))} on the roll, {len(self.members)} have joined"
            )
        self._wallet.stop()

    def _at(self, day: date, hour: float) -> str:
        return (datetime.combine(day, time(), UTC) + timedelta(hours=max(0.1, min(23.5, hour)))).isoformat()

    def _hour(self, doctor: Doctor) -> float:
        return (doctor.hour + self.chance.gauss(0, 1.2)) % 24

    def _plan_verification(self, doctor: Doctor) -> None:
        hour = min(self._hour(doctor), 20)
        on, later = self._named_orders[doctor.verified_on], self._named_orders[doctor.handed_in_on]
        browser = {"who": doctor.named_handle, "address": doctor.address, "agent": doctor.agent, "language": doctor.accept_language}
        on.append({"do": "open", **browser, "at": self._at(doctor.verified_on, hour)})
        fields = {
            "register": doctor.register,
            "number": doctor.number,
            "given": doctor.given,
            "family": doctor.family,
            "size": doctor.document_size,
        }
        on.append({"do": "verify", "who": doctor.named_handle, **fields, "at": self._at(doctor.verified_on, hour)})
        on.append({"do": "accept", "number": doctor.number, "at": self._at(doctor.verified_on, hour + 0.5)})
        handing = {"do": "hand_in", "who": doctor.named_handle, "commitment": doctor.secrets[0].commitment, "replace": False}
        later.append({**handing, "at": self._at(doctor.handed_in_on, hour + 1)})

    def _plan_accidents(self) -> None:
        """A few lose their secret, their licence, or interest in the directory."""
        days = self.plan.weeks * 7
        early = [doctor for doctor in self.doctors if (doctor.handed_in_on - self.start).days < days // 3]
        self.chance.shuffle(early)
        share = max(1, len(self.doctors) // 50)
        for doctor, secret in zip(early[:share], self._spare, strict=False):
            day = self.start + timedelta(days=self.chance.randrange(days // 2, days * 2 // 3))
            doctor.secrets.append(secret)
            order = {"do": "hand_in", "who": doctor.named_handle, "commitment": secret.commitment, "replace": True}
            self._named_orders[day].append({**order, "at": self._at(day, self._hour(doctor))})
        for doctor in early[share : 2 * share]:
            day = self.start + timedelta(days=self.chance.randrange(days // 2, days * 5 // 6))
            self._ends[doctor.named_handle] = day
            self._named_orders[day].append({"do": "end_licence", "number": doctor.number, "at": self._at(day, 11)})
        for doctor in early[2 * share : 3 * share]:
            day = self.start + timedelta(days=self.chance.randrange(days // 2, days * 9 // 10))
            self._ends[doctor.named_handle] = day
            self._named_orders[day].append({"do": "delete_account", "who": doctor.named_handle, "at": self._at(day, self._hour(doctor))})

    def _live_week(self, week: int) -> None:
        monday = self.start + timedelta(days=7 * week)
        self._named.ask([{"do": "duties", "at": self._at(monday, 3)}])
        self._read_rolls()
        self._anonymous_orders[monday].append({"do": "duties", "editions": bool(self._rolls), "at": self._at(monday, 4)})
        real = [self._join(member) for member in self._plan_joins(week, monday)]
        self._plan_looks(monday)
        self._plan_members(monday)
        self._plan_rooms(week, monday)
        self._plan_keys(week, monday)
        days = [monday + timedelta(days=day) for day in range(7)]
        self._anonymous_orders[days[-1]].append({"do": "duties", "editions": bool(self._rolls), "at": self._at(days[-1], 23.5)})
        self._named.tell(self._orders(self._named_orders, days))
        self._anonymous.ask(self._orders(self._anonymous_orders, days[:1], until=5))
        for member in real:
            self._join_through_the_door(member)
        orders = self._orders(self._anonymous_orders, days)
        self._anonymous.tell(orders)
        self._note_aliases(orders, self._anonymous.hear())
        self._named.hear()
        self._lay_aside(week, days[-1])

    def _note_aliases(self, orders: list[Order], answers: list[Any]) -> None:
        """Who wrote under which alias: no row of the site says so."""
        who = {member.doctor.anonymous_handle: int(member.secret.nullifier).to_bytes(32).hex() for member in self.members}
        for order, answer in zip(orders, answers, strict=True):
            if isinstance(answer, dict) and "alias" in answer:
                self.truth.aliases[str(answer["alias"])] = who[order["who"]]

    def _orders(self, calendar: dict[date, list[Order]], days: list[date], until: float = 24) -> list[Order]:
        """The orders of these days in the order of time, taken out of the calendar."""
        taken = []
        for day in days:
            end = self._at(day, until) if until < 24 else "z"
            taken += [order for order in calendar[day] if order["at"] < end]
            calendar[day] = [order for order in calendar[day] if order["at"] >= end]
        return sorted(taken, key=lambda order: str(order["at"]))

    def _read_rolls(self) -> None:
        """As the wallet does: whole files, checked."""
        source = FolderSource(self.folder / "data/named/rolls")
        if not (source.root / "latest.json").exists():
            return
        manifest = read_edition(source, read_pointer(source).edition, self._key, Host(DIRECTORY))
        self._edition, self._sizes = manifest, {roll.name: roll.size for roll in manifest.rolls}
        self._rolls = {str(roll.name): {str(value) for value in read_roll(source, roll).commitments()} for roll in manifest.rolls}

    def _held(self, secret: Secret) -> set[str]:
        return {name for name, commitments in self._rolls.items() if secret.commitment in commitments}

    # Joining

    def _plan_joins(self, week: int, monday: date) -> list[Membership]:
        """Who joins this week: whom an edition holds, after as many editions more as they care to wait."""
        joined = {member.secret.commitment for member in self.members}
        real = []
        for doctor in self.doctors:
            secret = doctor.secrets[-1] if self._held(doctor.secrets[-1]) else doctor.secrets[0]
            if not doctor.joins or secret.commitment in joined or self._gone(doctor, monday + timedelta(days=6)):
                continue
            badges = self._badges_to_show(doctor, secret, week)
            if badges is None or week < self._ready.setdefault(secret.commitment, week + doctor.waits):
                continue
            member = self._member(doctor, secret, badges, monday)
            if self.truth.real_proofs < self.plan.real_proofs:
                self._come_on(member, monday)
                self.truth.real_proofs += 1
                real.append(member)
            else:
                self._join(member)
        return real

    def _come_on(self, member: Membership, day: date) -> None:
        """Have a member join on another day than planned: the term and the first post move along."""
        by = day - member.joined
        member.joined, member.term_ends, member.next_write = day, member.term_ends + by, member.next_write + by

    def _badges_to_show(self, doctor: Doctor, secret: Secret, week: int) -> list[str] | None:
        """What the doctor would show; after eight weeks of waiting for a roll, less. None: not on a roll yet."""
        held = self._held(secret)
        if not held:
            return None
        badges = doctor.badges(held)
        if badges is None and week - self._patience.setdefault(secret.commitment, week) >= 8:
            return [doctor.country] if doctor.country in held else []
        return badges

    def _gone(self, doctor: Doctor, day: date) -> bool:
        return day >= self._ends.get(doctor.named_handle, date.max)

    def _member(self, doctor: Doctor, secret: Secret, badges: list[str], monday: date) -> Membership:
        day = monday + timedelta(days=self.chance.randrange(7))
        member = Membership(
            doctor,
            secret,
            badges,
            day,
            day + timedelta(days=TERM),
            day + timedelta(days=doctor.first_writes),
            gives_up=self.chance.random() < 0.1,
        )
        draw = self.chance.random()
        if draw < 0.08:
            member.leaves = day + timedelta(days=self.chance.randrange(20, 150))
        elif draw < 0.18:
            member.recovers = day + timedelta(days=self.chance.randrange(10, 120))
        self.members.append(member)
        nullifier = int(secret.nullifier).to_bytes(32).hex()
        self.truth.links[nullifier] = doctor.number
        self.truth.shown[nullifier] = badges
        self.truth.joined[nullifier] = day.isoformat()
        return member

    def _badges(self, rolls: list[str]) -> list[str]:
        return [f"{DIRECTORY}:{roll}" for roll in rolls]

    def _join(self, member: Membership) -> Membership:
        """Often after a look at the directory, which says that one may join."""
        doctor, hour = member.doctor, min(22.0, self._hour(member.doctor))
        if member.joined.weekday() == self.start.weekday():
            hour = max(hour, 6.0)  # not before the day's edition was fetched
        member.joined_at = hour
        browser = {"who": doctor.anonymous_handle, "address": doctor.address, "agent": doctor.agent, "language": doctor.accept_language}
        if not self._gone(doctor, member.joined) and self.chance.random() < 0.5:
            self._named_orders[member.joined].append({"do": "look", "who": doctor.named_handle, "at": self._at(member.joined, hour - 0.1)})
        orders = self._anonymous_orders[member.joined]
        orders.append({"do": "open", **browser, "at": self._at(member.joined, hour)})
        joining = {
            "do": "join",
            "who": doctor.anonymous_handle,
            "nullifier": member.secret.nullifier,
            "badges": self._badges(member.badges),
        }
        orders.append({**joining, "at": self._at(member.joined, hour)})
        return member

    def _join_through_the_door(self, member: Membership) -> None:
        """With a real proof, over HTTP, equations and all."""
        order = next(o for o in self._anonymous_orders[member.joined] if o.get("nullifier") == member.secret.nullifier)
        orders = self._anonymous_orders[member.joined]
        opening = next(o for o in orders if o["do"] == "open" and o["who"] == order["who"])
        orders.remove(order)
        orders.remove(opening)
        step = {"who": order["who"], "badges": order["badges"], "at": order["at"]}
        asked = self._anonymous.ask([opening, {"do": "join_at_door", **step}])[1]
        proofs = []
        for roll in member.badges or [EVERYONE]:
            leaves = sorted(self._rolls[roll], key=int)
            job = {"kind": "proof", "secret": base64.b64encode(member.secret.secret).decode(), "leaves": leaves, **asked}
            proofs.append({"registrar": DIRECTORY, "edition": str(self._edition.address), "roll": roll, "proof": self._wallet.ask(job)})
        packet = {"format": "curbside-proof-1", "purpose": "member", "object": "", "epoch": "", "proofs": proofs}
        sent = base64.urlsafe_b64encode(json.dumps(packet).encode()).decode().rstrip("=")
        self._anonymous.ask([{"do": "knock", "who": order["who"], "packet": sent, "at": order["at"]}])

    # Being there

    def _plan_looks(self, monday: date) -> None:
        """Who waits for an edition looks at the directory now and then."""
        joined = {member.doctor.named_handle for member in self.members}
        for doctor in self.doctors:
            day = monday + timedelta(days=self.chance.randrange(7))
            often = 0.04 if doctor.named_handle in joined else 0.35
            if doctor.handed_in_on < monday and not self._gone(doctor, day) and self.chance.random() < often:
                self._named_orders[day].append({"do": "look", "who": doctor.named_handle, "at": self._at(day, self._hour(doctor))})

    def _plan_members(self, monday: date) -> None:
        sunday = monday + timedelta(days=6)
        for member in self.members:
            if member.over or member.joined > sunday:
                continue
            self._plan_renewal(member, monday, sunday)
            self._plan_writing(member, monday, sunday)
            if member.joined < monday and member.term_ends > sunday:
                self._plan_quiet(member, monday + timedelta(days=self.quiet.randrange(6)))
            self._plan_fate(member, monday, sunday)

    def _on(self, member: Membership, day: date, do: str, **fields: object) -> None:
        hour = self._hour(member.doctor)
        if day.weekday() == self.start.weekday():
            hour = max(hour, 6.0)  # not before the day's edition was fetched
        self._anonymous_orders[day].append({"do": do, "who": member.doctor.anonymous_handle, **fields, "at": self._at(day, hour)})

    def _plan_renewal(self, member: Membership, monday: date, sunday: date) -> None:
        """Within the last two weeks of the term, if still on the roll and still interested."""
        held = self._held(member.secret)
        if (
            member.joined >= monday
            or member.gives_up
            or EVERYONE not in held
            or not monday + timedelta(days=7) <= member.term_ends <= sunday + timedelta(days=8)
        ):
            return
        badges = [badge for badge in member.badges if badge in held]
        day = monday + timedelta(days=self.chance.randrange(7))
        self._on(member, day, "renew", nullifier=member.secret.nullifier, badges=self._badges(badges))
        member.term_ends = day + timedelta(days=TERM)

    def _plan_writing(self, member: Membership, monday: date, sunday: date) -> None:
        doctor, chance = member.doctor, self.chance
        while member.next_write <= sunday:
            day = max(member.next_write, monday)
            if member.joined <= day <= member.term_ends:
                self._write(member, day)
            member.next_write = day + timedelta(days=1 + int(chance.expovariate(doctor.writes / 7)))
        if member.joined < monday and chance.random() < 0.15:
            self._on(member, monday + timedelta(days=chance.randrange(7)), "read", pages=chance.randrange(1, 4))

    def _write(self, member: Membership, day: date) -> None:
        doctor, chance = member.doctor, self.chance
        at = self._at(day, member.joined_at + 1 if day == member.joined else self._hour(doctor))
        language = doctor.language if chance.random() < 0.85 else "en"
        if chance.random() < 0.35:
            own = doctor.specialties and chance.random() < 0.7
            specialty = doctor.specialties[0] if own else chance.choice(("general-practice", "neurology", "cardiology", "oncology"))
            words = {
                "title": text(chance, language, 6),
                "story": text(chance, language, int(chance.lognormvariate(4.5, 0.7)) + 5),
                "question": text(chance, language, 8),
            }
            order: Order = {"do": "post_case", "specialty": specialty, "language": language, **words}
            order |= {"more": self.habits.of_a_case(doctor)}
        else:
            order = {"do": "comment", "body": text(chance, language, int(chance.lognormvariate(3.3, 0.7)) + 3)}
        self._anonymous_orders[day].append({**order, "who": doctor.anonymous_handle, "at": at})

    def _plan_quiet(self, member: Membership, day: date) -> None:
        """Posts as nobody, and private messages."""
        doctor, quiet = member.doctor, self.quiet
        order: Order = {"who": doctor.anonymous_handle, "at": self._at(day, (doctor.hour + quiet.gauss(0, 1.2)) % 24)}
        if quiet.random() < 0.02:
            number, quota = quiet.randrange(1 << 250), quiet.randrange(1 << 250)
            specialty = doctor.specialties[0] if doctor.specialties else "neurology"
            order |= {"do": "post_as_nobody", "nullifier": str(number), "quota": str(quota)}
            order["words"] = [text(quiet, doctor.language, count) for count in (6, 60, 8)]
            self._anonymous_orders[day].append({**order, "place": {"specialty": specialty, "language": doctor.language}})
            self.truth.nobody[number.to_bytes(32).hex()] = int(member.secret.nullifier).to_bytes(32).hex()
        elif not member.writes_letters and quiet.random() < 0.1:
            member.writes_letters = True
            self._anonymous_orders[day].append({**order, "do": "make_message_key"})
        elif member.writes_letters and quiet.random() < 0.2:
            here = [other for other in self.members if other.writes_letters and not other.over and other is not member]
            if here:
                order |= {"do": "write_message", "to": quiet.choice(here).doctor.anonymous_handle}
                self._anonymous_orders[day].append({**order, "size": quiet.choice((512, 512, 2048))})

    def _plan_rooms(self, week: int, monday: date) -> None:
        """What members do beside writing, and moderation."""
        here = [m.doctor for m in self.members if not m.over and m.joined < monday and m.term_ends > monday + timedelta(days=6)]
        acts = [act for doctor in here for act in self.habits.week_of(doctor, monday)]
        for day, hour, order in [*acts, *self.habits.moderation(week, monday, here)]:
            self._anonymous_orders[day].append({**order, "at": self._at(day, hour)})

    def _plan_fate(self, member: Membership, monday: date, sunday: date) -> None:
        chance = self.chance
        if member.leaves and member.joined < monday <= member.leaves <= sunday:
            self._end(member, "leave", member.leaves, self._at(member.leaves, 23.2))
            self.truth.left[int(member.secret.nullifier).to_bytes(32).hex()] = member.leaves.isoformat()
        elif (
            member.recovers
            and monday <= member.recovers <= sunday
            and member.joined < monday
            and member.term_ends > sunday
            and EVERYONE in self._held(member.secret)
        ):
            badges = [badge for badge in member.badges if badge in self._held(member.secret)]
            self._on(member, member.recovers, "recover", nullifier=member.secret.nullifier, badges=self._badges(badges))
            member.term_ends = member.recovers + timedelta(days=TERM)
        elif member.joined < monday and member.term_ends > sunday and chance.random() < 0.01:
            self._on(member, sunday, chance.choice(("remove", "edit")))
            order = self._anonymous_orders[sunday][-1]
            if order["do"] == "edit":
                order["story"] = text(chance, member.doctor.language, 60)
        elif member.joined < monday and chance.random() < 0.0006:
            self._end(member, "ban", sunday, self._at(sunday, 23.4))

    def _end(self, member: Membership, how: str, day: date, at: str) -> None:
        """Whoever leaves or is banned does nothing from that moment on."""
        who = member.doctor.anonymous_handle
        for later, orders in self._anonymous_orders.items():
            self._anonymous_orders[later] = [order for order in orders if order.get("who") != who or order["at"] < at]
        self._anonymous_orders[day].append({"do": how, "who": who, "at": at})
        member.over = True

    def _plan_keys(self, week: int, monday: date) -> None:
        """The operator's keys change three times; the old line goes when the ring's old backups have gone."""
        quarter = max(4, self.plan.weeks // 4)
        if week % quarter == quarter - 1:
            self._anonymous_orders[monday].append({"do": "rotate", "at": self._at(monday, 4.5)})
        if week % quarter == 2 and week > quarter:
            self._anonymous_orders[monday].append({"do": "drop_old_keys", "at": self._at(monday, 4.6)})

    # What a thief could find

    def databases(self) -> dict[str, Path]:
        data = self.folder / "data"
        return {
            "named": data / "named/named.sqlite3",
            "anonymous": data / "anonymous/anonymous.sqlite3",
            "ring": data / "anonymous/ring.sqlite3",
        }

    def _lay_aside(self, week: int, day: date) -> None:
        """Backups as an operator makes them: the ring's weekly and soon gone, the others fortnightly and kept; raw copies now and then."""
        for name, file in self.databases().items():
            if name == "ring" or week % 2 == 0 or week == self.plan.weeks - 1:
                _back_up(file, self.folder / "backups" / name / f"{day}.sqlite3", vacuum=week % 4 == 0)
        for old in (self.folder / "backups/ring").iterdir():
            if date.fromisoformat(old.stem) < day - timedelta(days=RING_BACKUPS_LAST):
                old.unlink()
        if week % 13 == 12 or week == self.plan.weeks - 1:
            raw = self.folder / "raw" / str(day)
            raw.mkdir(exist_ok=True)
            for name, file in self.databases().items():
                if name == "ring" and week != self.plan.weeks - 1:
                    continue  # a raw copy of the ring is a backup of the ring, and ages out as one
                for ending in ("", "-wal"):
                    if (found := file.with_name(file.name + ending)).exists():
                        shutil.copyfile(found, raw / found.name)

    def visitors(self, count: int) -> list[dict[str, str]]:
        """Cookies of some members' sessions of the last day."""
        here = [member for member in self.members if not member.over and member.joined < self.last_day and member.term_ends > self.last_day]
        chosen = here[:count]
        at = self._at(self.last_day, 23)
        orders = [{"do": "cookies", "who": member.doctor.anonymous_handle, "at": at} for member in chosen]
        cookies: list[dict[str, str]] = self._anonymous.ask(orders)
        return cookies

    def stop(self) -> None:
        self._named.stop()
        self._anonymous.stop()

    def write_truth(self) -> None:
        """For scoring; also the people's public traits, which a thief knows from registers."""
        content = {
            "links": self.truth.links,
            "left": self.truth.left,
            "shown": self.truth.shown,
            "joined": self.truth.joined,
            "k": self.plan.k,
            "last_day": str(self.last_day),
            "real_proofs": self.truth.real_proofs,
            "nobody": self.truth.nobody,
            "aliases": self.truth.aliases,
            "stem": STEM,
        }
        (self.folder / "truth.json").write_text(json.dumps(content))


def _back_up(source: Path, target: Path, *, vacuum: bool) -> None:
    with sqlite.connect(source) as connection:
        if vacuum:
            connection.execute("VACUUM INTO ?", (str(target),))
        else:
            copy = sqlite.connect(target)
            connection.backup(copy)
            copy.close()
    connection.close()
