"""Whom a member blocks lies on their sealed shelf from now on; no row says it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def insist_on_none(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Stop rather than let members hear again from whom they blocked: a migration cannot seal."""
    table = "Block"  # apart, as the type checker looks for the model, which is gone
    blocks = apps.get_model("private_messages", table).objects.count()
    if blocks:
        raise RuntimeError(
            f"{blocks} blocks are in the table private_messages_block. Tell members to block anew, empty the table, and migrate again."
        )


class Migration(migrations.Migration):
    dependencies = [("private_messages", "0001_initial")]
    operations = [
        migrations.RunPython(insist_on_none, migrations.RunPython.noop, hints={"model_name": "block"}),
        migrations.DeleteModel(name="Block"),
    ]
