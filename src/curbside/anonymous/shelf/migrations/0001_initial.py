import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import curbside.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("id", curbside.kit.ids.RandomIdField(serialize=False)),
                ("text_id", models.BigIntegerField(unique=True)),
                (
                    "member",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="shelf", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
    ]
