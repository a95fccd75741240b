"""Mail servers, and mails to send to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.digest.mail import Mail, fitted
from generator.digest.mailboxes import Mailbox
from tests.digest import letters, post_office
from tests.digest.post_office import Authority, PostOffice


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A server that takes anything from anybody, as one on the same machine does."""
    with post_office.running() as one:
        yield one


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return post_office.authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def mail() -> Mail:
    """A digest of two papers."""
    return fitted(letters.digest(letters.papers(2)))


@pytest.fixture
def fifty() -> list[Mailbox]:
    return [Mailbox(address=f"reader{number:02}@example.org") for number in range(1, 51)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog's folder, as far as sending knows of it."""
    return tmp_path
