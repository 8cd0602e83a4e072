from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_initial")]

    operations = [
        migrations.AddField(model_name="changecount", name="forgotten", field=models.BigIntegerField(default=0)),
        migrations.AddField(model_name="changecount", name="before", field=models.BigIntegerField(default=0)),
    ]
