from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from shuniu.zone.notices.channels import Post
from tests.notices.servers import GroupServer, MailServer, group_server, mail_server
from tests.sharing import shared_database

__all__ = ["shared_database"]


@pytest.fixture
def mail(settings: Settings) -> Iterator[MailServer]:
    """A mail server that the product is set up for."""
    with mail_server() as server:
        settings.MAIL_IS_ON = True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "hub@zone.example.cn"
        settings.PUBLIC_ADDRESS = "https://hub.example.cn"
        yield server


@pytest.fixture
def group(settings: Settings) -> Iterator[GroupServer]:
    """A server of group robots that the product is set up for."""
    with group_server() as server:
        settings.WECOM_ADDRESS = server.url
        settings.PUBLIC_ADDRESS = "https://hub.example.cn"
        yield server


@pytest.fixture
def post() -> Iterator[Post]:
    sender = Post()
    yield sender
    sender.close()
