from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def date_answers(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The day of an answer was not kept: take the day of the report, as the forgetting did."""
    apps.get_model("moderation", "Report").objects.exclude(outcome="open").update(answered_on=models.F("reported_on"))


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_reports")]

    operations = [
        migrations.AddField(model_name="report", name="answered_on", field=models.DateField(null=True)),
        migrations.RunPython(date_answers, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(outcome="open", answered_on__isnull=True)
                | (~models.Q(outcome="open") & models.Q(answered_on__isnull=False)),
                name="report_answered_on_a_day",
            ),
        ),
        migrations.AddIndex(model_name="decision", index=models.Index(fields=["case_id", "comment_id"], name="decision_of_post")),
    ]
