import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Contacts get a primary key that is known before the row is written: its texts are sealed to it.

    The columns are plain bytes and text here; they become personal fields with their last name.
    """

    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="NewContact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.BinaryField()),
                ("title", models.CharField(blank=True, max_length=40)),
                ("phone", models.BinaryField()),
                (
                    "phone_index",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=64, null=True
                    ),
                ),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.enterprise",
                    ),
                ),
            ],
        ),
    ]
