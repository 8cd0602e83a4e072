from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("doctors", "0002_passkey_host")]

    operations = [migrations.RemoveField(model_name="passkey", name="counter")]
