"""What the rights are asked about besides cases: one of each kind."""

from __future__ import annotations

import json
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services import draft_issue
from shuniu.zone.desk.models import Case
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.hangs.choices import EvidenceKind
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.kernel import files
from shuniu.zone.kernel.models import ImportRun
from shuniu.zone.notices.models import Notice, Outgoing, Outlet
from shuniu.zone.portal.models import DataIncident, ListExport
from shuniu.zone.portal.services.exporting import digest_of
from shuniu.zone.registry.models import (
    Enterprise,
    Merge,
    Place,
    PlaceFile,
    Registration,
    Site,
)
from shuniu.zone.registry.queries import standing_of
from shuniu.zone.registry.services import merge_enterprises
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    office,
    supervisor,
)
from tests.kernel.uploads import pdf
from tests.sheets import firm, xlsx

DAY = THURSDAY_10.date()


def make_place_file(by: User) -> PlaceFile:
    """Return a file of places that was not written yet, with one place in it."""
    text = json.dumps(
        {
            "type": "Feature",
            "properties": {"code": "G3", "name": "东门", "kind": "GATE"},
            "geometry": {"type": "Point", "coordinates": [121.2, 31.86]},
        }
    )
    row: PlaceFile = PlaceFile.objects.create(
        datum="WGS84", content=text, sent_by=by, written_by=by, sent_at=THURSDAY_10
    )
    return row


def make_registration() -> Registration:
    registration: Registration = Registration.objects.create(
        reference="7K3M-92QF",
        credit_code="91320614MA1MXXXX05",
        enterprise_name="海门丁鹮有限公司",
        name="丁鹮申请人",
        phone="15400004444",
        form_key="a-form-of-somebody",
        received_at=THURSDAY_10,
        due_at=THURSDAY_10 + timedelta(days=3),
    )
    return registration


def make_place() -> Place:
    """Return a place in which nothing lies."""
    shape = {"type": "Point", "coordinates": [121.2, 31.86]}
    place: Place = Place.objects.create(
        code="G1", name="北门", kind="GATE", shape=shape, changed_at=THURSDAY_10,
        west=121.2, south=31.86, east=121.2, north=31.86,
    )  # fmt: skip
    return place


def make_import(sender: User) -> ImportRun:
    """Return a list of enterprises that was checked and waits to be confirmed."""
    content = xlsx([firm(7)])
    run = ImportRun(
        kind="enterprises",
        state="READY",
        name="戊雀.xlsx",
        file_type="xlsx",
        size_bytes=len(content),
        sha256="0" * 64,
        path=files.keep(content),
        marking="READY",
        marked_path=files.keep(content),
        language="zh-hans",
        glimpse='[{"name":"Sheet","is_hidden":false,"height":2,"problem":"","rows":'
        '[["企业名称","统一社会信用代码"],["戊雀","1"]],"merged":[]}]',
        layout={"sheet": 0, "head": 0, "depth": 1, "columns": ["name", "credit_code"]},
        version=1,
        counts={"NEW": 1, "NOTES": 0, "rows": 1},
        made_by=sender,
        made_at=THURSDAY_10,
    )
    run.save(force_insert=True)
    return run


def make_list_export(asker: User, case: Case) -> ListExport:
    """Return a list of one case that is ready as a file."""
    export = ListExport(
        list_kind="cases", form="csv", language="zh-hans", state="READY", rows=1, done=1,
        standing=digest_of(standing_of(asker)), row_keys=str(case.pk),
        path=files.keep("戊雀".encode()), size_bytes=6, asked_by=asker, asked_at=THURSDAY_10,
    )  # fmt: skip
    export.save(force_insert=True)
    return export


def make_issue(signer: User) -> Issue:
    """Return the published issue of the day; the cases are there already."""
    issue = draft_issue(day=DAY, actor=None, now=THURSDAY_10 + timedelta(hours=8))
    issue.state, issue.year, issue.number, issue.number_words = "PUBLISHED", DAY.year, 1, "第1期"
    issue.signed_by, issue.signed_at, issue.published_at = signer, THURSDAY_10, THURSDAY_10
    issue.save()
    return issue


def tell_people(people: set[User]) -> None:
    """Let everybody have been told something, and have read it."""
    Notice.objects.bulk_create(
        Notice(
            recipient=one, kind="registry.welcome", occasion="of this world",
            told_at=THURSDAY_10, read_at=THURSDAY_10,
        )
        for one in people
    )  # fmt: skip


def make_robot() -> Outlet:
    """Return the robot of a group whose name only administrators see."""
    robot = Outlet(channel="ROBOT", name="己鹨群", secret="0123456789abcdef", made_at=THURSDAY_10)
    robot.save(force_insert=True)
    return robot


def make_undelivered(robot: Outlet) -> Outgoing:
    """Return a message that did not arrive."""
    message: Outgoing = Outgoing.objects.create(
        outlet=robot, kind="notices.test", occasion="of this world", state="DEAD",
        trouble="REFUSED", made_at=THURSDAY_10, waiting_since=THURSDAY_10, next_try_at=THURSDAY_10,
    )  # fmt: skip
    return message


def make_site(enterprise: Enterprise) -> Site:
    """Return a site of an enterprise that has another main one."""
    Site.objects.create(enterprise=enterprise, address="富江路 1 号", is_main=True)
    site: Site = Site.objects.create(enterprise=enterprise, address="富江路 2 号")
    return site


def make_merge(actor: User) -> Merge:
    """Return a merge of two records that nobody else has to do with."""
    kept, gone = EnterpriseFactory.create_batch(2)
    return merge_enterprises(
        kept_id=kept.pk, gone_id=gone.pk, reason="", actor=actor, now=THURSDAY_10
    )


def make_word(proposer: User) -> GroupWord:
    word: GroupWord = GroupWord.objects.create(
        word="大厂门口", means="海门三厂", proposed_by=proposer, proposed_at=THURSDAY_10
    )
    return word


def make_incident(reporter: User) -> DataIncident:
    incident: DataIncident = DataIncident.objects.create(
        title="戊鸫事件",
        happened="一封邮件寄错了人。",
        noticed_at=THURSDAY_10,
        data_kinds="姓名",
        consequences="没有",
        measures="已经收回。",
        reported_by=reporter,
        reported_at=THURSDAY_10,
    )
    return incident


def make_hang(mark: str, unit: str, worker: User) -> tuple[Hang, EvidenceFile]:
    """Return what a unit promised, with a file on it."""
    watcher = supervisor()
    hang: Hang = Hang.objects.create(
        number=f"GD-{mark}", source_kind="meeting", source_title="调度会", promise="接通用电。",
        unit=office(unit), responsible=worker, supervisor=watcher, first_promised_on=DAY,
        promised_on=DAY + timedelta(days=400), review_on=DAY + timedelta(days=400),
        state_since=THURSDAY_10, opened_by=watcher, opened_at=THURSDAY_10, updated_at=THURSDAY_10,
    )  # fmt: skip
    evidence = Evidence.objects.create(
        hang=hang, kind=EvidenceKind.PROGRESS, text="在办。", author=worker, written_at=THURSDAY_10
    )
    stored = files.store(SimpleUploadedFile("验收.pdf", pdf()), max_bytes=10_000)
    return hang, EvidenceFile.objects.create(
        evidence=evidence, name=stored.name, content_type=stored.content_type,
        size_bytes=stored.size_bytes, sha256=stored.sha256, path=stored.path,
    )  # fmt: skip
