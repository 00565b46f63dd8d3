from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_add_enterprise_words")]

    operations = [
        migrations.AlterField(
            model_name="enterprise",
            name="is_above_scale",
            field=models.BooleanField(blank=True, null=True),
        ),
    ]
