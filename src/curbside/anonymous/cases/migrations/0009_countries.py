from django.db import migrations, models

import curbside.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_mark_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountryHub",
            fields=[
                ("id", curbside.kit.ids.RandomIdField(serialize=False)),
                ("country", models.CharField(max_length=2, unique=True)),
                ("cases", models.PositiveIntegerField()),
            ],
        ),
    ]
