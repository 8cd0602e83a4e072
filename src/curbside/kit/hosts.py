"""Remembers the host that passkeys were made for, and refuses to start under another.

A passkey answers to one host for ever, and so does a proof: under a new one everyone would be locked out, and whoever proved again
would come back as somebody new. The row lies in the database, beside the public keys it is about: it is restored with them, and it is
the same for every process and machine. A file beside the data could be left behind.
"""

from typing import ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models

from curbside.kit.environment import Origin
from curbside.kit.ids import RandomIdField


class LastingHost(models.Model):
    """One row: the host that the first passkey was made for. Each side makes its own table of it."""

    id = RandomIdField()
    host = models.CharField(max_length=253, unique=True)

    objects: ClassVar[models.Manager["LastingHost"]] = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.host


def remember_host(table: type[LastingHost], site: Origin) -> None:
    """Call where a passkey is kept. One query, once the row is there."""
    table.objects.get_or_create(host=site.host)


def refuse_other_host(table: type[LastingHost], site: Origin, variable: str) -> None:
    """Raise ImproperlyConfigured if passkeys were made for another host than the site's. Before the first migration there are none."""
    if table._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001 - Django's documented model API
        return
    former = table.objects.exclude(host=site.host).first()
    if former:
        raise ImproperlyConfigured(
            f"{variable} says {site.host}, but people here have passkeys for {former.host}, and passkeys cannot move: nobody could "
            f"sign in, and who proves again would be somebody new. Set {variable} back to {former.host}, or begin with an empty database."
        )
