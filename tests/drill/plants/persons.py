"""What ties a member to a doctor."""

import secrets
from datetime import UTC, date, datetime, time, timedelta

from tests.drill.plants.field import Field


def _moment(day: str, seconds: int) -> str:
    return str(datetime.combine(date.fromisoformat(day), time(), UTC).replace(tzinfo=None) + timedelta(seconds=seconds))


def exact_join_time(field: Field) -> None:
    """Django's own last_login on both sides: one signs in at the directory, then joins."""
    moments = {pair.nullifier: 30_000 + secrets.randbelow(50_000) for pair in field.pairs()}
    joined = {p.member_id: _moment(p.joined, moments[p.nullifier] + 240) for p in field.pairs()}
    field.add_column(field.anonymous, "membership_member", "last_login", dict(joined))
    field.add_column(
        field.named, "doctors_doctor", "last_login", {p.doctor_id: _moment(p.joined, moments[p.nullifier]) for p in field.pairs()}
    )


def sequential_ids(field: Field) -> None:
    """BigAutoField in place of RandomIdField for members."""
    with field.database(field.anonymous) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for number, pair in enumerate(field.pairs(), start=1):
            connection.execute("UPDATE membership_member SET id = ? WHERE id = ?", (number, pair.member_id))
            for table in ("membership_badge", "membership_vouch", "membership_passkey"):
                connection.execute(f"UPDATE {table} SET member_id = ? WHERE member_id = ?", (number, pair.member_id))


def address_in_log(field: Field) -> None:
    """Both sites log who signs in and from where."""
    named, anonymous = [], []
    for pair in field.pairs():
        address = f"203.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"
        named.append(f"{pair.joined} INFO sign-in of {pair.licence} from {address}")
        anonymous.append(f"{pair.joined} INFO sign-in of {pair.pseudonym} from {address}")
    field.append("logs/named.log", named)
    field.append("logs/anonymous.log", anonymous)


def pseudonym_in_named_log(field: Field) -> None:
    """The directory logs where a doctor came from."""
    field.append("logs/named.log", [f"{p.joined} INFO {p.licence} came back from /members/{p.pseudonym}" for p in field.pairs()])


def commitment_beside_member(field: Field) -> None:
    """The community keeps the commitment that a proof should have hidden."""
    field.add_column(field.anonymous, "membership_member", "commitment", {p.member_id: p.commitment.hex() for p in field.pairs()})


def one_passkey_for_both(field: Field) -> None:
    """One relying party for both hosts: the same credential on both sides."""
    with field.database(field.named) as named, field.database(field.anonymous) as anonymous:
        for pair in field.pairs():
            credential = secrets.token_bytes(32)
            named.execute("UPDATE doctors_passkey SET credential_id = ? WHERE doctor_id = ?", (credential, pair.doctor_id))
            anonymous.execute(
                "DELETE FROM membership_passkey WHERE member_id = ? "
                "AND id NOT IN (SELECT min(id) FROM membership_passkey WHERE member_id = ?)",
                (pair.member_id, pair.member_id),
            )
            anonymous.execute("UPDATE membership_passkey SET credential_id = ? WHERE member_id = ?", (credential, pair.member_id))


def ids_in_order_of_verification(field: Field) -> None:
    """Cases numbered by who was verified when."""
    verified = {row["number"]: row["verified_on"] for row in field.rows(field.named, "doctors_licence")}
    with field.database(field.anonymous) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        base = 1 << 41
        for pair in sorted(field.pairs(), key=lambda pair: (verified[pair.licence], pair.licence)):
            for (own,) in connection.execute(
                "SELECT id FROM cases_case WHERE author_id = ? ORDER BY posted_at", (pair.member_id,)
            ).fetchall():
                base += 1 + secrets.randbelow(1000)
                connection.execute("UPDATE cases_case SET id = ? WHERE id = ?", (base, own))


def accept_language_kept(field: Field) -> None:
    """Both sites keep the browser's languages beside the person, for convenience."""
    tags = ("de", "it", "nl", "pt", "ar", "pl", "ro", "ca", "es", "en", "fr")
    text = {
        p.nullifier: "en-GB,en;q=0.9" + "".join(f",{secrets.choice(tags)};q=0.{8 - n}" for n in range(secrets.randbelow(4) + 1))
        for p in field.pairs()
    }
    field.add_column(field.anonymous, "membership_member", "interface", {p.member_id: text[p.nullifier] for p in field.pairs()})
    field.add_column(field.named, "doctors_doctor", "interface", {p.doctor_id: text[p.nullifier] for p in field.pairs()})


def edition_of_join_without_k(field: Field) -> None:
    """An edition after each hand-in, as in a demo, and its number kept beside the member."""
    licences = {row["number"]: row["id"] for row in field.rows(field.named, "doctors_licence")}
    numbers = {pair.licence: 1000 + place for place, pair in enumerate(field.pairs())}
    with field.database(field.named) as connection:
        for number, edition in numbers.items():
            held = "SELECT id FROM roll_commitment WHERE licence_id = ?"
            connection.execute(f"UPDATE roll_place SET edition = ? WHERE commitment_id IN ({held})", (edition, licences[number]))
    field.add_column(field.anonymous, "membership_member", "first_edition", {p.member_id: numbers[p.licence] for p in field.pairs()})
