"""Backing up, restoring and pruning, over both engines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from curbside.backup import media, postgres, sqlite
from curbside.backup.files import BackupFile, BackupRefused, backup_at, backups_in, check_digest, new_backup, remove
from curbside.backup.stores import STORES, Store
from curbside.kit.clock import now, today


def back_up(store: Store, folder: Path) -> Path:
    """Copy one store into a folder; gives the file. The site's settings are loaded."""
    _refuse_mixed_folder(store, folder)
    if not store.alias:
        with new_backup(folder, store, "files", now()) as partial:
            media.dump(media.folder_of_pictures(), partial)
        return backups_in(folder, store)[-1].path
    database = _database(store)
    vendor = _vendor(store)
    with new_backup(folder, store, vendor, now()) as partial:
        if vendor == "sqlite":
            sqlite.dump(Path(str(database["NAME"])), partial, store.left_out)
        else:
            postgres.dump(database, partial, store.left_out)
    return backups_in(folder, store)[-1].path


def restore(store: Store, path: Path, *, overwrite: bool) -> None:
    """Put a backup in place of the store, and bring its tables up to date."""
    backup = backup_at(path)
    if not store.alias:
        _restore_files(backup, store, overwrite=overwrite)
        return
    _check(backup, store)
    if not overwrite and _holds_rows(store):
        raise BackupRefused(f"The {store.word} database is not empty. To replace all that is in it, add --yes.")
    _empty(store)
    if backup.vendor == "sqlite":
        sqlite.load(path, Path(str(_database(store)["NAME"])))
    else:
        postgres.load(path, _database(store))
    from django.conf import settings
    from django.core.management import call_command

    for alias in settings.DATABASES:  # the site's other database may be lost too, and has to be there to be counted with this one
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def _restore_files(backup: BackupFile, store: Store, *, overwrite: bool) -> None:
    check_digest(backup)
    if backup.store != store:
        raise BackupRefused(f"{backup.path} is not a backup of the {store.word}.")
    media.check(backup.path)
    folder = media.folder_of_pictures()
    if not overwrite and media.held(folder):
        raise BackupRefused("There are pictures already. To replace them all, add --yes.")
    media.load(backup.path, folder)


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning did: how many went, and the newest backup, if it is kept only for being the last there is."""

    removed: int
    overdue: BackupFile | None


def prune(store: Store, folder: Path, *, days: int) -> Pruned:
    """Remove a store's backups older than so many days, but never the last."""
    kept_from = today() - timedelta(days=days)
    found = backups_in(folder, store)
    old = [backup for backup in found if backup.made_on < kept_from]
    overdue = old.pop() if old and len(old) == len(found) else None
    for backup in old:
        remove(backup)
    return Pruned(len(old), overdue)


def _check(backup: BackupFile, store: Store) -> None:
    check_digest(backup)
    if backup.vendor != _vendor(store):
        raise BackupRefused(f"{backup.path} was made from {backup.vendor}, and the {store.word} database is on {_vendor(store)}.")
    held = sqlite.tables(backup.path) if backup.vendor == "sqlite" else postgres.tables(backup.path)
    others = {other.marker for other in STORES.values() if other is not store and other.alias}
    if store.marker not in held or held & others:
        raise BackupRefused(f"{backup.path} is not a backup of the {store.word} database.")


def _refuse_mixed_folder(store: Store, folder: Path) -> None:
    """A folder that is copied off as a whole must not hold texts and their keys."""
    for other in STORES.values():
        if {store.word, other.word} == {"anonymous", "ring"} and folder.is_dir() and backups_in(folder, other):
            raise BackupRefused(f"{folder} holds backups of the {other.word} database. Texts and their keys belong in places apart.")


def _database(store: Store) -> Mapping[str, object]:
    from django.db import connections

    return connections[store.alias].settings_dict


def _vendor(store: Store) -> str:
    from django.db import connections

    return connections[store.alias].vendor


def _holds_rows(store: Store) -> bool:
    """Whether anything stands in the store that an empty installation has not."""
    from django.db import connections

    connection = connections[store.alias]
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("django_", "auth_")):
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - names from the database itself
                if cursor.fetchone():
                    return True
    return False


def _empty(store: Store) -> None:
    """On PostgreSQL drop every table; on SQLite only let go of the file, which is replaced whole."""
    from django.db import connections, transaction

    connection = connections[store.alias]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=store.alias), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    connection.close()
