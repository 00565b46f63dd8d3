from django.db import migrations, models

from shuniu.zone.kernel.search import CreateWordsTable


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_add_purged_at"),
    ]

    operations = [
        CreateWordsTable(
            name="CaseWords",
            fields=[
                (
                    "key",
                    models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False),
                ),
                ("words", models.TextField()),
            ],
            options={"abstract": False},
        ),
    ]
