import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shuniu.zone.kernel.fields


class Migration(migrations.Migration):
    """Answers that are kept for forms sent twice are sealed, so their rows get another key.

    The answers of the last two days are not carried over: a form that was sent before this step and
    is sent again after it is taken as new.
    """

    dependencies = [
        ("kernel", "0004_tighten_chain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="KeptAnswer"),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(db_index=True)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("headers", models.JSONField(default=dict)),
                ("body", shuniu.zone.kernel.fields.PersonalTextField()),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "key"), name="kept_answer_key")
                ],
            },
        ),
    ]
