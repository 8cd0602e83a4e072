from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_notes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("open", "A moderator has not looked at it yet."),
                    ("kept", "A moderator looked at it and left it as it is."),
                    ("hidden", "A moderator hid it."),
                    ("removed", "A moderator removed it."),
                    ("gone", "It was erased before a moderator looked."),
                ],
                default="open",
                max_length=8,
            ),
        ),
    ]
