"""Let records that an application made say nothing of their scale: nobody had asked for it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    registration = apps.get_model("registry", "Registration").objects.using(database)
    made = registration.filter(decided_at=F("enterprise__registered_at"))
    corrections = apps.get_model("registry", "Correction").objects.using(database)
    said = corrections.filter(state="APPROVED", changes__has_key="is_above_scale")
    rows = apps.get_model("registry", "Enterprise").objects.using(database)
    rows = rows.filter(is_above_scale=False, pk__in=made.values("enterprise_id"))
    rows.exclude(pk__in=said.values("enterprise_id")).update(is_above_scale=None)


def say_no(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    rows = apps.get_model("registry", "Enterprise").objects.using(database)
    rows.filter(is_above_scale=None).update(is_above_scale=False)


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_let_above_scale_be_unknown")]

    operations = [migrations.RunPython(forget, say_no)]
