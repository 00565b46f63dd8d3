from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0008_add_fact_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="WordPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.CharField(max_length=1)),
                ("second", models.CharField(max_length=1)),
            ],
            options={
                "indexes": [models.Index(fields=["second"], name="word_pair_second")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="word_pair_once")
                ],
            },
        ),
    ]
