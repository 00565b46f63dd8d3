from django.db import migrations, models

from shuniu.zone.kernel.search import CreateWordsTable


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_remove_enterprise_position"),
    ]

    operations = [
        CreateWordsTable(
            name="EnterpriseWords",
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
