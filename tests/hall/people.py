"""The people who meet in the service hall."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from shuniu.zone.accounts.models import User
from shuniu.zone.hall import services
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.services import NewItem
from shuniu.zone.registry.models import Enterprise
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    clerk,
    handler,
    member_of,
    office,
    service_officer,
    supervisor,
)


@dataclass(frozen=True, slots=True)
class People:
    """``member`` speaks for ``firm``, ``other`` for another enterprise."""

    clerk: User
    officer: User
    supervisor: User
    handler: User
    firm: Enterprise
    member: User
    other: User


def people_of_hall() -> People:
    firm = EnterpriseFactory.create(name="海门甲鸢有限公司")
    return People(
        clerk=clerk(),
        officer=service_officer(),
        supervisor=supervisor(),
        handler=handler("econ_bureau"),
        firm=firm,
        member=member_of(firm),
        other=member_of(EnterpriseFactory.create(name="海门乙鹭有限公司")),
    )


def new_item(name: str = "企业设立登记", **values: object) -> NewItem:
    given: dict[str, object] = {
        "unit": office("approval_bureau"),
        "materials": "营业执照复印件\n法定代表人身份证明",
        "limit_days": 3,
        "promise_days": 1,
        "fee": "不收费",
        "owner": "企业登记科",
    }
    return NewItem(name=name, **(given | values))  # type: ignore[arg-type]  # by the names of the fields


def added(people: People, code: str = "SC-001", name: str = "企业设立登记") -> ServiceItem:
    return services.add_item(code=code, new=new_item(name), actor=people.clerk, now=THURSDAY_10)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, url: str, **fields: object) -> int:
    return client.post(url, {"idempotency_key": str(uuid4()), **fields}).status_code


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()
