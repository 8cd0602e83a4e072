"""Cases of before a specialty was asked for stand under general practice, so that every case is of one."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_specialty(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("cases", "Case").objects.filter(specialty="").update(specialty="general-practice")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_hubs"),
    ]

    operations = [
        migrations.RunPython(say_specialty, migrations.RunPython.noop),
    ]
