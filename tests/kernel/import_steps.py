"""The steps of a list through the pages, as a person takes them."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import load_workbook

from shuniu.zone.kernel import clock, services
from shuniu.zone.kernel.models import (
    ImportRun,
)
from tests.clients import Client
from tests.sheets import credit_code, firm, xlsx


def send(client: Client, content: bytes, name: str = "list.xlsx") -> HttpResponse:
    upload = SimpleUploadedFile(name, content)
    answer: HttpResponse = post(
        client, reverse("kernel:import-new", args=["enterprises"]), file=upload
    )
    return answer


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **data})


def work() -> None:
    """Let the worker do what waits."""
    services.deliver_due(now=clock.now())


def step(client: Client, run: ImportRun, name: str, **data: Any) -> Any:
    return post(client, reverse("kernel:import-step", args=[run.pk, name]), **data)


def page(client: Client, run: ImportRun, query: str = "") -> str:
    return client.get(reverse("kernel:import", args=[run.pk]) + query).content.decode()


def columns_of(run: ImportRun) -> dict[str, Any]:
    """Return what the page of columns would send as it was proposed."""
    layout = run.layout
    chosen = {f"field-{key}": place for place, key in enumerate(layout["columns"]) if key}
    where = {key: layout[key] for key in ("sheet", "head", "depth")}
    return where | chosen | {"option-datum": "WGS84"}


def only_run() -> ImportRun:
    return ImportRun.objects.get()


def checked_run(client: Client, content: bytes, name: str = "list.xlsx") -> ImportRun:
    """Send a list and let it be checked with the columns that were proposed."""
    send(client, content, name)
    work()
    run = ImportRun.objects.order_by("-made_at").first()
    assert run is not None
    post(client, reverse("kernel:import-columns", args=[run.pk]), **columns_of(run))
    work()
    run.refresh_from_db()
    return run


def written_run(client: Client, content: bytes) -> ImportRun:
    run = checked_run(client, content)
    step(client, run, "confirm", version=run.version)
    work()
    run.refresh_from_db()
    return run


def marked_file(client: Client, run: ImportRun) -> Any:
    """Have the file with the marks made, and take it: the sheet that was imported."""
    step(client, run, "mark")
    work()
    answer = client.get(reverse("kernel:import-file", args=[run.pk]))
    return load_workbook(io.BytesIO(answer.content)).worksheets[0]


def three_and_a_fault() -> bytes:
    wrong = firm(4)
    wrong[0] = credit_code(4)[:-1]
    return xlsx([firm(1), firm(2), firm(3), wrong])
