"""``curbside backup``, ``curbside backup prune`` and ``curbside restore``."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from curbside.backup.files import BackupRefused
from curbside.backup.stores import STORES, Store
from curbside.backup.work import back_up, prune, restore
from curbside.upkeep import set_up

KEEPING = {
    "named": "Keep it where the named side's administrator keeps secrets: it says who is verified. Never beside the other side's backups.",
    "anonymous": "It can be kept for years: without the ring and the operator's keys it holds no readable text. Never beside either.",
    "pictures": "It can be kept as long as the texts' backups: without the ring no picture opens. Make it right after theirs.",
    "ring": "Keep it for days only, apart from the texts' backups: who left is forgotten once the last ring from before is gone.",
}


def backup_command(arguments: list[str]) -> int:
    """``curbside backup STORE DIR``."""
    parser = argparse.ArgumentParser(
        prog="curbside backup",
        description=(
            "Copy one database, or the files of pictures, into a dated file with its SHA-256 beside it, while the site serves. The "
            "operator's keys are in no backup: keep them apart. Sessions and uploaded evidence are left out."
        ),
    )
    parser.add_argument("store", choices=sorted(STORES))
    parser.add_argument("folder", type=Path, metavar="DIR")
    chosen = parser.parse_args(arguments)

    def work(store: Store) -> int:
        print(back_up(store, chosen.folder))
        print(KEEPING[store.word])
        return 0

    return _run(chosen.store, work)


def prune_command(arguments: list[str]) -> int:
    """``curbside backup prune STORE DIR --days N``."""
    parser = argparse.ArgumentParser(
        prog="curbside backup prune",
        description="Remove backups older than so many days, by their names. The last one stays; if it is older, the exit status is 1.",
    )
    parser.add_argument("store", choices=sorted(STORES))
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--days", type=int, required=True)
    chosen = parser.parse_args(arguments)

    def work(store: Store) -> int:
        pruned = prune(store, chosen.folder, days=chosen.days)
        print(f"{pruned.removed} backups of the {store.word} database were removed.")
        if pruned.overdue:
            print(f"{pruned.overdue.path} is too old, and the last there is. Make a new backup, then prune again.", file=sys.stderr)
        return 1 if pruned.overdue else 0

    return _run(chosen.store, work)


def restore_command(arguments: list[str]) -> int:
    """``curbside restore STORE FILE``."""
    parser = argparse.ArgumentParser(
        prog="curbside restore",
        description=(
            "Put a backup in place of a database, after checking its hash, and bring its tables up to date. Stop the site and its "
            "duties first. For a lost community restore the ring and the texts before starting anything."
        ),
    )
    parser.add_argument("store", choices=sorted(STORES))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--yes", action="store_true", help="replace a database that is not empty")
    chosen = parser.parse_args(arguments)

    def work(store: Store) -> int:
        restore(store, chosen.file.absolute(), overwrite=chosen.yes)
        print(f"The {store.word} {'database is' if store.alias else 'are'} what {chosen.file.name} held.")
        if store.site == "anonymous":
            from django.core.management import call_command

            call_command("settle_texts" if store.alias else "settle_pictures")
        return 0

    return _run(chosen.store, work)


def _run(word: str, work: Callable[[Store], int]) -> int:
    from django.db import Error

    store = STORES[word]
    set_up(store.site)
    try:
        return work(store)
    except (BackupRefused, Error, OSError) as error:
        print(f"curbside: {error}", file=sys.stderr)
        return 1
