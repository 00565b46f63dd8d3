from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_forget_what_nobody_said")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="about_sites",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
    ]
