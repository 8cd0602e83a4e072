"""What ties a post without an author to its author or to another one, and what says what a text is about."""

import hashlib
import secrets

from tests.drill.plants.field import Field


def author_beside_nobody(field: Field) -> None:
    """The member who was signed in when a post as nobody came, kept for moderators."""
    ids = {pair.nullifier: pair.member_id for pair in field.pairs()}
    posts = {row["id"]: bytes(row["nullifier"]).hex() for row in field.rows(field.anonymous, "cases_case") if row["nullifier"]}
    authors = {own: ids[author] for own, number in posts.items() if (author := field.truth["nobody"].get(number)) in ids}
    field.add_column(field.anonymous, "cases_case", "sent_by", dict(authors))


def quotas_kept(field: Field) -> None:
    """Nobody erases what counts the posts of a day."""
    with field.database(field.anonymous) as connection:
        connection.execute(
            "INSERT INTO cases_quota (id, nullifier, day, posts, blocked) VALUES (?, ?, '2020-01-01', 2, 0)",
            (secrets.randbits(61) | 1 << 60, secrets.token_bytes(32)),
        )


def order_of_texts_kept(field: Field) -> None:
    """The places of all changes, never forgotten."""
    with field.database(field.anonymous) as connection:
        for place, (own,) in enumerate(connection.execute("SELECT id FROM sealing_sealedtext").fetchall(), start=1):
            connection.execute("UPDATE sealing_sealedtext SET changed = ? WHERE id = ?", (place, own))


def thread_beside_notification(field: Field) -> None:
    """The thread's id in a notification's row, so that a list needs no keys."""
    threads = [row["id"] for row in field.rows(field.anonymous, "discussion_thread")]
    rows = [row["id"] for row in field.rows(field.anonymous, "notifications_notification")]
    field.add_column(field.anonymous, "notifications_notification", "thread_id", {own: secrets.choice(threads) for own in rows})


def one_number_for_all_posts(field: Field) -> None:
    """A nullifier without the post in its scope, kept beside each post: the same for all of one person's."""
    numbers: dict[str, bytes] = {}
    posts = {row["id"]: bytes(row["nullifier"]).hex() for row in field.rows(field.anonymous, "cases_case") if row["nullifier"]}
    own = {
        post: numbers.setdefault(author, secrets.token_bytes(32))
        for post, number in posts.items()
        if (author := field.truth["nobody"].get(number))
    }
    field.add_column(field.anonymous, "cases_case", "wallet", dict(own))


def quota_of_every_day(field: Field) -> None:
    """The quota's nullifier without the day in its scope."""
    number = secrets.token_bytes(32)
    for name, day in (("2020-01-01", "2020-01-01"), ("2020-01-08", "2020-01-08")):
        with field.database(field.folder / f"backups/anonymous/{name}.sqlite3") as connection:
            connection.execute("CREATE TABLE cases_quota (id integer PRIMARY KEY, nullifier blob, day date, posts int, blocked bool)")
            connection.execute("INSERT INTO cases_quota VALUES (?, ?, ?, 1, 0)", (secrets.randbits(61) | 1 << 60, number, day))


def posts_not_padded(field: Field) -> None:
    """Padding forgotten where a post has no author."""
    own = {row["text_id"] for row in field.rows(field.anonymous, "cases_case") if row["nullifier"]}
    with field.database(field.anonymous) as connection:
        for row in field.rows(field.anonymous, "sealing_sealedtext"):
            if row["id"] in own and row["key_id"]:
                exact = secrets.token_bytes(len(row["ciphertext"]) - 1 - secrets.randbelow(30))
                connection.execute("UPDATE sealing_sealedtext SET ciphertext = ? WHERE id = ?", (exact, row["id"]))


def ticket_beside_nobody(field: Field) -> None:
    """The running number of the ticket that a member drew, beside the member and beside the post that came with it."""
    ids = {pair.nullifier: pair.member_id for pair in field.pairs()}
    posts = {row["id"]: bytes(row["nullifier"]).hex() for row in field.rows(field.anonymous, "cases_case") if row["nullifier"]}
    authors = {own: ids[author] for own, number in posts.items() if (author := field.truth["nobody"].get(number)) in ids}
    tickets = {own: 5000 + place for place, own in enumerate(sorted(authors))}
    field.add_column(field.anonymous, "cases_case", "ticket", dict(tickets))
    own_cases: dict[int, list[int]] = {}
    for row in field.rows(field.anonymous, "cases_case"):
        if row["author_id"]:
            own_cases.setdefault(row["author_id"], []).append(row["id"])
    with field.database(field.anonymous) as connection:
        for post, author in authors.items():
            for case in own_cases.get(author, [])[:1]:
                connection.execute("UPDATE cases_case SET ticket = ? WHERE id = ?", (tickets[post], case))


def one_mark_for_all_threads(field: Field) -> None:
    """The code of a reader without the thread in it."""
    codes = [secrets.token_hex(16) for _ in range(5)]
    with field.database(field.anonymous) as connection:
        for place, (own,) in enumerate(connection.execute("SELECT id FROM discussion_reaction").fetchall()):
            connection.execute("UPDATE OR IGNORE discussion_reaction SET voter = ? WHERE id = ?", (codes[place % len(codes)], own))


def marks_without_a_key(field: Field) -> None:
    """The code of a reader as a plain hash: whoever has the members' ids tries them all."""
    members = [pair.member_id for pair in field.pairs()]
    with field.database(field.anonymous) as connection:
        for own, thread in connection.execute("SELECT id, thread_id FROM discussion_reaction").fetchall():
            code = hashlib.sha256(f"{secrets.choice(members)}:{thread}".encode()).hexdigest()[:32]
            connection.execute("UPDATE OR IGNORE discussion_reaction SET voter = ? WHERE id = ?", (code, own))


def owner_beside_alias(field: Field) -> None:
    """Whose alias it is, in the case's row, so that a list of one's own needs no keys."""
    ids = {pair.nullifier: pair.member_id for pair in field.pairs()}
    owners = {int(case): ids[author] for case, author in field.truth["aliases"].items() if author in ids}
    field.add_column(field.anonymous, "cases_case", "owner_id", dict(owners))


def ticket_beside_alias(field: Field) -> None:
    """A running number beside posts of all kinds: the case under an alias comes right after the same author's own."""
    own: dict[int, list[int]] = {}
    for row in field.rows(field.anonymous, "cases_case"):
        if row["author_id"]:
            own.setdefault(row["author_id"], []).append(row["id"])
    ids = {pair.nullifier: pair.member_id for pair in field.pairs()}
    places: dict[int, int] = {}
    for place, (case, author) in enumerate(sorted(field.truth["aliases"].items())):
        if own.get(ids.get(author, 0)):
            places |= {own[ids[author]][0]: 9000 + 3 * place, int(case): 9001 + 3 * place}
    field.add_column(field.anonymous, "cases_case", "place", dict(places))


def sender_beside_picture(field: Field) -> None:
    """Who sent each picture, so that only they may change it."""
    members = [pair.member_id for pair in field.pairs()]
    rows = field.rows(field.anonymous, "pictures_picture")
    field.add_column(field.anonymous, "pictures_picture", "sender_id", {row["id"]: secrets.choice(members) for row in rows})


def composer_dated(field: Field) -> None:
    """The day on which a member last opened the composer, so that an old draft can be offered again."""
    ids = {pair.nullifier: pair.member_id for pair in field.pairs()}
    posts = {bytes(row["nullifier"]).hex(): row["posted_at"][:10] for row in field.rows(field.anonymous, "cases_case") if row["nullifier"]}
    days = {ids[author]: day for number, day in posts.items() if (author := field.truth["nobody"].get(number)) in ids}
    field.add_column(field.anonymous, "membership_member", "composed_on", dict(days))
