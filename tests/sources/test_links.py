"""Which links an abstract gives its paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.papers import Link
from generator.sources.links import links_in


def kinds(text: str) -> dict[str, str]:
    return {link.kind: link.url for link in links_in(text)}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/ada/light", "code"),
        ("http://www.github.com/ada/light/tree/main", "code"),
        ("https://gitlab.com/ada/light", "code"),
        ("https://GitHub.com/Ada/Light", "code"),
        ("https://gist.github.com/ada/123", "code"),
        ("https://huggingface.co/ada/light-7b", "model"),
        ("https://huggingface.co/datasets/ada/light", "model"),
        ("https://hf.co/ada/light-7b", "model"),
        ("https://huggingface.co/ada", "project"),
        ("https://huggingface.co/spaces/ada/light", "project"),
        ("https://huggingface.co/collections/ada/light", "project"),
        ("https://ada.github.io/light/", "project"),
        ("https://notgithub.com/ada/light", "project"),
        ("https://github.com.example.org/ada/light", "project"),
        ("https://example.org/?u=github.com", "project"),
    ],
)
def test_address_tells_what_it_leads_to(url: str, kind: str) -> None:
    assert {kind: url} == kinds(f"See {url} for more.")


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2501.00001",
        "https://www.arxiv.org/pdf/2501.00001",
        "https://doi.org/10.1000/182",
        "https://dx.doi.org/10.1000/182",
    ],
)
def test_other_papers_are_references_and_stay_text(url: str) -> None:
    assert kinds(f"As shown before ({url}), it is so.") == {}


def test_second_link_of_a_kind_has_a_number() -> None:
    text = (
        "https://github.com/a/1, https://github.com/a/2 and https://github.com/a/3, https://x.org"
    )
    assert kinds(text) == {
        "code": "https://github.com/a/1",
        "code-2": "https://github.com/a/2",
        "code-3": "https://github.com/a/3",
        "project": "https://x.org",
    }


def test_same_address_twice_is_one_link() -> None:
    assert (Link(kind="code", url="https://github.com/a/b"),) == links_in(
        "Code: https://github.com/a/b. Again: https://github.com/a/b, and github.com/a/b."
    )


def test_address_that_lacks_its_scheme_gets_one() -> None:
    assert kinds("Find it at github.com/a/b or huggingface.co/a/b.") == {
        "code": "https://github.com/a/b",
        "model": "https://huggingface.co/a/b",
    }


def test_text_without_addresses_has_no_links() -> None:
    assert links_in("The ratio is 3/4, see e.g. the appendix. ftp://old.example/ is gone.") == ()


@given(st.text())
def test_links_are_always_http_and_each_kind_stands_once(text: str) -> None:
    links = links_in(f"{text} https://x.org/{text}")
    assert all(link.url.lower().startswith(("http://", "https://")) for link in links)
    assert len(links) == len({link.kind for link in links})
