import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Checks of the chain that people read about, and quick ways through the facts by time."""

    dependencies = [
        ("kernel", "0005_seal_kept_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChainCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("facts", models.PositiveBigIntegerField(default=0)),
                ("heads", models.PositiveBigIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["happened_at", "position"], name="fact_time"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["actor", "happened_at"], name="fact_actor_time"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["origin", "happened_at"], name="fact_origin_time"),
        ),
    ]
