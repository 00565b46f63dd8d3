import django.db.models.deletion
from django.db import migrations, models

import shuniu.zone.kernel.fields


class Migration(migrations.Migration):
    """The new contacts take the place of the old ones. Their columns are as wanted already."""

    dependencies = [("registry", "0003_copy_contacts")]

    operations = [
        migrations.DeleteModel(name="Contact"),
        migrations.RenameModel(old_name="NewContact", new_name="Contact"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="contact",
                    name="name",
                    field=shuniu.zone.kernel.fields.PersonalTextField(),
                ),
                migrations.AlterField(
                    model_name="contact",
                    name="phone",
                    field=shuniu.zone.kernel.fields.PersonalTextField(),
                ),
                migrations.AlterField(
                    model_name="contact",
                    name="phone_index",
                    field=shuniu.zone.kernel.fields.BlindIndexField(db_index=True, of="phone"),
                ),
                migrations.AlterField(
                    model_name="contact",
                    name="enterprise",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="registry.enterprise",
                    ),
                ),
            ],
        ),
    ]
