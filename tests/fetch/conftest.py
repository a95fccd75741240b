"""A service, and a catalog that fetches from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import MakeCatalog
from tests.fetch import service
from tests.fetch.service import Service


@pytest.fixture(name="service")
def running_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    with service.running() as one:
        yield one


@pytest.fixture
def shelf(make_catalog: MakeCatalog, service: Service) -> Path:
    names = ("hugging_face", "arxiv", "openreview", "biorxiv", "openalex", "doi")
    own = {f"{name}_url": service.url for name in names}
    return make_catalog(
        settings={"extra": {"papershelf": own}, "repo_url": "https://example.org/shelf"}
    )
