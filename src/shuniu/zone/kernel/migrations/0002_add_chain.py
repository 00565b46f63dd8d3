from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for the chain of facts; rows of before get their place and seal next."""

    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="origin",
            field=models.CharField(blank=True, default="", max_length=45),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="fact",
            name="position",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="fact",
            name="seal",
            field=models.CharField(max_length=64, null=True),
        ),
    ]
