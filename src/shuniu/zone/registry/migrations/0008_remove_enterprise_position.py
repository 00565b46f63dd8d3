from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_copy_positions")]

    operations = [
        migrations.RemoveField(
            model_name="enterprise",
            name="lat",
        ),
        migrations.RemoveField(
            model_name="enterprise",
            name="lon",
        ),
    ]
