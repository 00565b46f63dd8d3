"""Copy the position of each enterprise to a main site of its own."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 500


def copy_positions(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    enterprise, site = apps.get_model("registry", "Enterprise"), apps.get_model("registry", "Site")
    site.objects.using(database).all().delete()  # what a run that stopped half-way has left
    placed = enterprise.objects.using(database).filter(lon__isnull=False, lat__isnull=False)
    rows = placed.order_by("pk").values("pk", "address", "lon", "lat")
    site.objects.using(database).bulk_create(
        [
            site(
                enterprise_id=row["pk"],
                address=row["address"],
                lon=row["lon"],
                lat=row["lat"],
                is_main=True,
            )
            for row in rows.iterator(BATCH)
        ],
        batch_size=BATCH,
    )


def copy_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    enterprise, site = apps.get_model("registry", "Enterprise"), apps.get_model("registry", "Site")
    for main in site.objects.using(database).filter(is_main=True, lon__isnull=False):
        enterprise.objects.using(database).filter(pk=main.enterprise_id).update(
            lon=main.lon, lat=main.lat
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_add_places_and_sites")]

    operations = [migrations.RunPython(copy_positions, copy_back)]
