from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_tell_studies"),
        ("discussion", "0005_warn_of_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="case_of_a_specialty",
        ),
        migrations.AlterField(
            model_name="case",
            name="kind",
            field=models.CharField(choices=[("case", "case"), ("lesson", "lesson"), ("lounge", "lounge")], default="case", max_length=6),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "lounge"), ("specialty", "")),
                    models.Q(models.Q(("kind", "lounge"), _negated=True), models.Q(("specialty", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_of_a_specialty",
            ),
        ),
    ]
