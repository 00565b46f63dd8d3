from django.db import migrations, models


class Migration(migrations.Migration):
    """No fact without its place and seal from now on."""

    dependencies = [("kernel", "0003_seal_facts")]

    operations = [
        migrations.AlterField(
            model_name="fact",
            name="position",
            field=models.BigIntegerField(unique=True),
        ),
        migrations.AlterField(
            model_name="fact",
            name="seal",
            field=models.CharField(max_length=64),
        ),
    ]
