"""What is fetched, kept, asked for again and left alone: with a real server that faults."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from generator import sources
from generator.fetch import arxiv as arxiv_services
from generator.fetch import fetching, services
from generator.fetch.fetching import Outcome
from generator.fetch.http import Manners
from generator.model.errors import UsageError
from tests.fetch.fetching import DAY, QUICK, TODAY, arxiv, hf, source, state, urls, venue
from tests.fetch.service import (
    ATOM,
    Fault,
    Service,
    cut_off,
    daily,
    entry,
    half,
    instead,
    redirect,
    reset,
    slow,
    status,
)

IMPATIENT = replace(QUICK, timeout=0.3)
SEARCH = arxiv_services.daily("https://example.org", query="cat:cs.CL").folder


# What is written


def test_an_answer_is_kept_byte_for_byte(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 3}
    (outcome,) = hf(shelf)
    assert outcome == Outcome(name="hf-daily/2025-08-07", new=(DAY,), records=3, papers=3)
    asked = "/api/daily_papers?date=2025-08-07&p=0&limit=100"
    assert source(shelf, DAY).read_bytes() == service.answer(asked)
    assert service.asked == [asked]


def test_what_is_remembered_is_no_source(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 3}
    hf(shelf)
    assert {name for name in state(shelf) if "sources" in name} == {f"sources/{DAY}"}
    assert ".fetch.json" in state(shelf)


def test_records_are_those_that_the_readers_find(shelf: Path, service: Service) -> None:
    broken = [daily(1, "2025-08-07"), daily(2, "2025-08-07") | {"paper": {}}]
    service.faults = [instead(json.dumps(broken).encode())]
    (outcome,) = hf(shelf)
    reading = sources.read(source(shelf, DAY).read_bytes(), DAY)
    assert (outcome.records, outcome.papers) == (reading.records, len(reading.papers)) == (2, 1)


def test_a_long_day_is_fetched_page_by_page(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 230}
    (outcome,) = hf(shelf)
    assert [path.removeprefix("hf-daily/") for path in outcome.new] == [
        "2025-08-07.json",
        "2025-08-07.page2.json",
        "2025-08-07.page3.json",
    ]
    assert outcome.papers == 230


def test_a_service_that_knows_no_pages_is_asked_no_further(shelf: Path, service: Service) -> None:
    service.always = instead(json.dumps([daily(n, "2025-08-07") for n in range(1, 101)]).encode())
    (outcome,) = hf(shelf)
    assert (outcome.new, outcome.papers, len(service.asked)) == ((DAY,), 100, 2)


def test_a_day_of_which_one_page_fails_is_not_written_at_all(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 230}
    service.faults = [None, status(404)]
    (outcome,) = hf(shelf)
    assert "404" in outcome.failed
    assert not source(shelf, "hf-daily").exists()


def test_a_day_without_papers_gets_no_file_and_is_not_asked_again(
    shelf: Path, service: Service
) -> None:
    (outcome,) = hf(shelf, today=date(2025, 9, 1))
    assert outcome == Outcome(name="hf-daily/2025-08-07")
    assert hf(shelf, today=date(2025, 9, 1)) == []
    assert (len(service.asked), source(shelf, "hf-daily").exists()) == (1, False)


def test_arxiv_is_asked_day_by_day_and_page_by_page(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 130}
    (outcome,) = arxiv(shelf)
    assert outcome.new == (f"{SEARCH}/2025-08-07.xml", f"{SEARCH}/2025-08-07.page2.xml")
    assert outcome.papers == 130
    first = "%28cat%3Acs.CL%29+AND+submittedDate%3A%5B202508070000+TO+202508072359%5D&start=0&"
    assert first in service.asked[0]


def test_an_answer_of_arxiv_that_differs_in_its_time_alone_changes_nothing(
    shelf: Path, service: Service
) -> None:
    service.days = {"2025-08-07": 30}
    arxiv(shelf)
    before = source(shelf, f"{SEARCH}/2025-08-07.xml").stat().st_mtime_ns
    (outcome,) = arxiv(shelf)
    assert outcome.unchanged == (f"{SEARCH}/2025-08-07.xml",)
    assert source(shelf, f"{SEARCH}/2025-08-07.xml").stat().st_mtime_ns == before


def test_a_feed_with_fewer_entries_than_it_says_is_asked_for_again(
    shelf: Path, service: Service
) -> None:
    service.days = {"2025-08-07": 30}
    lacking = ATOM.format(now="", total=30, start=0, entries=entry(1, "2025-08-07"))
    service.faults = [instead(lacking.encode())]
    (outcome,) = arxiv(shelf)
    assert (outcome.papers, len(service.asked)) == (30, 2)


@pytest.mark.parametrize("name", ["half", "empty", "a web page", "a heading", "an object"])
def test_a_broken_answer_of_arxiv_is_asked_past(shelf: Path, service: Service, name: str) -> None:
    service.days = {"2025-08-07": 30}
    service.faults = [PASSING[name]]
    (outcome,) = arxiv(shelf)
    assert (outcome.papers, len(service.asked)) == (30, 2)


def test_an_error_of_arxiv_is_told_and_not_kept(shelf: Path, service: Service) -> None:
    error = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id>'
        b"<title>Error</title><summary>incorrect query</summary></entry></feed>"
    )
    service.faults = [instead(error)]
    (outcome,) = arxiv(shelf)
    assert "incorrect query" in outcome.failed
    assert (len(service.asked), source(shelf, "arxiv").exists()) == (1, False)


def test_most_stops_between_days_and_the_next_run_goes_on(shelf: Path, service: Service) -> None:
    service.days = {f"2025-05-0{n}": 40 for n in range(1, 8)}
    span = {"until": date(2025, 5, 7)}
    assert len(arxiv(shelf, since=date(2025, 5, 1), most=70, **span)) == 2
    assert [outcome.name[-2:] for outcome in arxiv(shelf, since=None, most=100, **span)] == [
        "03",
        "04",
        "05",
    ]


def test_two_queries_do_not_share_a_folder() -> None:
    base = "https://example.org"
    folders = {arxiv_services.daily(base, query=query).folder for query in ('ti:"a b"', "ti:a b")}
    assert len(folders) == 2


def test_a_venue_is_a_file_for_each_thousand(shelf: Path, service: Service) -> None:
    service.notes = 2000
    (outcome,) = venue(shelf)
    assert outcome.new == (
        "openreview/ICLR.cc-2025-Conference.json",
        "openreview/ICLR.cc-2025-Conference.page2.json",
    )
    assert "/notes?content.venueid=ICLR.cc/2025/Conference&limit=1000&offset=1000" in service.asked
    (again,) = venue(shelf)
    assert (len(again.unchanged), len(service.asked)) == (2, 4)


def test_an_error_of_openreview_is_not_kept(shelf: Path, service: Service) -> None:
    service.always = instead(b'{"name": "ForbiddenError", "status": 403}')
    (outcome,) = venue(shelf)
    assert "expected an object with `notes`" in outcome.failed
    assert not source(shelf, "openreview").exists()


def test_addresses_are_kept_under_names_that_tell_them_apart(shelf: Path, service: Service) -> None:
    papers = json.dumps([daily(1, "2025-08-07")]).encode()
    service.files = {"/a/list.json": papers, "/a-list.json": papers, "/a": b"TY  - JOUR\n"}
    text = (
        f"# ours\n\n{service.url}/a/list.json\n {service.url}/a-list.json \n"
        f"{service.url}/a/list.json?key=secret&date=2025-08-07\n{service.url}/a/list.json\n"
    )
    outcomes = urls(shelf, text)
    names = [path for outcome in outcomes for path in outcome.new]
    assert len(outcomes) == len(set(names)) == 3
    assert all(name.startswith("urls/127.0.0.1-a-list") for name in names)
    assert "2025-08-07" in names[2]
    assert "secret" not in str(state(shelf))
    assert [outcome.unchanged for outcome in urls(shelf, text)] == [(name,) for name in names]


def test_an_address_of_something_that_no_reader_knows_fails(shelf: Path, service: Service) -> None:
    service.files = {
        "/page": b"<!doctype html><title>Sign in</title>",
        "/cut.xml": b"<feed><entry>",
    }
    failed = [
        outcome.failed for outcome in urls(shelf, f"{service.url}/page\n{service.url}/cut.xml")
    ]
    assert all(failed)
    assert len(failed) == 2
    assert not source(shelf, "urls").exists()


# Asking again


def test_fetching_twice_changes_nothing(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-05": 3, "2025-08-09": 2, "2025-08-10": 120}
    span = {"since": date(2025, 8, 4), "until": TODAY}
    assert sum(len(outcome.new) for outcome in hf(shelf, **span)) == 4
    before = state(shelf)
    second = hf(shelf, **span)
    assert sum(len(outcome.unchanged) for outcome in second) == 3  # the fifth is not asked for
    assert state(shelf) == before


def test_only_the_latest_days_are_asked_again_and_with_validators(
    shelf: Path, service: Service
) -> None:
    service.days = {f"2025-08-{day:02}": 2 for day in range(1, 11)}
    span = {"since": date(2025, 8, 1), "until": TODAY}
    hf(shelf, **span)
    service.requests.clear()
    hf(shelf, **span)
    assert [path[23:33] for path in service.asked] == [
        "2025-08-07",
        "2025-08-08",
        "2025-08-09",
        "2025-08-10",
    ]
    assert all("if-none-match" in request.headers for request in service.requests)


def test_a_list_that_grew_replaces_the_earlier_one(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 2}
    hf(shelf)
    service.days = {"2025-08-07": 5}
    (outcome,) = hf(shelf)
    assert (outcome.changed, outcome.records) == ((DAY,), 5)


def test_a_day_is_asked_once_more_when_it_is_over(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 2}
    hf(shelf, today=date(2025, 8, 7))
    service.days = {"2025-08-07": 5}
    later = {"today": date(2025, 8, 30), "since": None, "until": None}
    assert hf(shelf, **later)[0].changed == (DAY,)
    assert "hf-daily/2025-08-07" not in {outcome.name for outcome in hf(shelf, **later)}


def test_a_day_that_failed_is_asked_again_by_default(shelf: Path, service: Service) -> None:
    service.days = {f"2025-08-0{day}": 2 for day in range(1, 5)}
    service.faults = [None, status(404)]
    late = date(2025, 9, 1)
    first = hf(shelf, today=late, since=date(2025, 8, 1), until=date(2025, 8, 4))
    assert [bool(outcome.failed) for outcome in first] == [False, True, False, False]
    (again,) = hf(shelf, today=late, since=None, until=date(2025, 8, 4))
    assert again.new == ("hf-daily/2025-08-02.json",)


def test_by_default_the_last_seven_days_are_fetched(shelf: Path, service: Service) -> None:
    names = [outcome.name[-2:] for outcome in hf(shelf, since=None, until=None)]
    assert names == ["04", "05", "06", "07", "08", "09", "10"]


def test_a_file_that_was_edited_or_deleted_is_fetched_whole(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 2}
    hf(shelf)
    good = source(shelf, DAY).read_bytes()
    source(shelf, DAY).write_bytes(b"[]")
    assert hf(shelf)[0].changed == (DAY,)
    source(shelf, DAY).unlink()
    assert hf(shelf)[0].new == (DAY,)
    assert source(shelf, DAY).read_bytes() == good
    assert not any("if-none-match" in request.headers for request in service.requests)


def test_a_settled_file_that_was_deleted_is_fetched_again(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 2}
    late = date(2025, 9, 1)
    hf(shelf, today=late)
    source(shelf, DAY).unlink()
    assert hf(shelf, today=late)[0].new == (DAY,)


@pytest.mark.parametrize("memory", [b"", b"{", b"[]", b'{"hf-daily/2025-08-07": 3}', b"\xff"])
def test_a_lost_memory_costs_a_request_and_no_file(
    shelf: Path, service: Service, memory: bytes
) -> None:
    service.days = {"2025-08-01": 2, "2025-08-07": 2}
    span = {"since": date(2025, 8, 1), "until": date(2025, 8, 7)}
    hf(shelf, **span)
    (shelf / "content/.fetch.json").write_bytes(memory)
    service.requests.clear()
    outcomes = hf(shelf, **span)
    assert DAY in {path for outcome in outcomes for path in outcome.unchanged}
    assert not any("2025-08-01" in path for path in service.asked)


def test_a_last_day_before_the_first_is_refused(shelf: Path) -> None:
    with pytest.raises(UsageError, match="expected --since to be at most 2025-08-07"):
        hf(shelf, since=date(2025, 8, 8))


# Faults


PASSING: dict[str, Fault] = {
    "500": status(500),
    "503": status(503),
    "429": status(429, retry_after="0"),
    "cut off": cut_off,
    "half": half,
    "empty": instead(b""),
    "blank": instead(b" \n"),
    "a web page": instead(b"<!doctype html><title>Just a moment</title>"),
    "a heading": instead(b"<h1>502</h1>"),
    "an object": instead(b'{"error": "busy"}'),
    "a list of texts": instead(b'["busy"]'),
    "too deep": instead(b"[" * 100_000),
    "binary": instead(b"\x89PNG\r\n\x1a\n\0\0"),
    "slow": slow,
    "reset": reset,
    "not changed, unasked": status(304),
}


@pytest.mark.parametrize("name", [name for name in PASSING if name != "not changed, unasked"])
def test_a_fault_that_passes_is_asked_past(shelf: Path, service: Service, name: str) -> None:
    service.days = {"2025-08-07": 3}
    service.faults = [PASSING[name]]
    (outcome,) = hf(shelf, manners=IMPATIENT if name == "slow" else QUICK)
    assert (outcome.new, outcome.papers, len(service.asked)) == ((DAY,), 3, 2)


@pytest.mark.parametrize("name", PASSING)
def test_a_fault_that_stays_never_touches_the_good_file(
    shelf: Path, service: Service, name: str
) -> None:
    service.days = {"2025-08-07": 3}
    service.has_validators = False
    hf(shelf)
    before = state(shelf)
    service.always = PASSING[name]
    (outcome,) = hf(shelf, manners=IMPATIENT if name == "slow" else QUICK)
    assert outcome.failed
    assert state(shelf) == before


def test_an_empty_list_never_replaces_papers(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 3}
    hf(shelf)
    before = state(shelf)
    service.days = {}
    (outcome,) = hf(shelf)
    assert "found an empty list" in outcome.failed
    assert state(shelf) == before


def test_the_other_days_go_on(shelf: Path, service: Service) -> None:
    service.days = {f"2025-08-0{day}": 2 for day in range(1, 5)}
    service.faults = [None, *[status(500)] * 3]
    outcomes = hf(shelf, since=date(2025, 8, 1), until=date(2025, 8, 4))
    assert [bool(outcome.new) for outcome in outcomes] == [True, False, True, True]
    assert "“500 Internal Server Error” (tried 3 times)" in outcomes[1].failed


def test_a_service_that_is_down_is_left_in_peace(shelf: Path, service: Service) -> None:
    service.always = status(503)
    outcomes = hf(shelf, since=date(2025, 8, 1), until=TODAY)
    assert len(outcomes) == 10
    assert all(outcome.failed for outcome in outcomes)
    assert len(service.asked) == fetching.GIVE_UP * QUICK.tries
    service.always = None
    assert len(hf(shelf, since=None, until=TODAY)) == 10


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(shelf: Path, service: Service, code: int) -> None:
    service.always = status(code)
    (outcome,) = hf(shelf)
    assert str(code) in outcome.failed
    assert len(service.asked) == 1


def test_a_redirect_is_followed(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 3}
    there = f"{service.url}/api/daily_papers?date=2025-08-07&p=0&limit=100&moved=1"
    service.faults = [redirect(there)]
    assert hf(shelf)[0].papers == 3


def test_a_host_that_is_not_there_fails(shelf: Path, service: Service) -> None:
    (outcome,) = urls(shelf, "http://127.0.0.1:1/list.json")
    assert "Connection refused" in outcome.failed


# Manners


def gaps(service: Service) -> list[float]:
    times = [request.time for request in service.requests]
    return [later - earlier for earlier, later in pairwise(times)]


def test_requests_keep_their_distance(shelf: Path, service: Service) -> None:
    hf(shelf, since=date(2025, 8, 6), until=date(2025, 8, 8), manners=Manners(pause=0.15))
    assert len(gaps(service)) == 2
    assert min(gaps(service)) >= 0.15


def test_retry_after_is_honoured_up_to_a_limit(shelf: Path, service: Service) -> None:
    service.faults = [status(429, retry_after="1")]
    hf(shelf)
    assert gaps(service)[0] >= 1
    service.requests.clear()
    service.faults = [
        status(503, retry_after="86400"),
        status(503, retry_after="Fri, 01 Jan 2100 00:00:00 GMT"),
    ]
    hf(shelf, manners=Manners(pause=0, backoff=0.01, longest_wait=0.2))
    assert len(gaps(service)) == 2
    assert all(0.2 <= gap < 2 for gap in gaps(service))


def test_each_further_try_waits_longer(shelf: Path, service: Service) -> None:
    service.always = status(500)
    hf(shelf, manners=Manners(pause=0, tries=4, backoff=0.05))
    assert [gap >= wait for gap, wait in zip(gaps(service), (0.05, 0.1, 0.2), strict=True)] == [
        True
    ] * 3


def test_papershelf_says_who_it_is(shelf: Path, service: Service) -> None:
    hf(shelf)
    agent = service.requests[0].headers["user-agent"]
    assert agent.startswith("papershelf/")
    assert agent.endswith(" (+https://example.org/shelf)")


def test_services_have_the_pauses_they_ask_for() -> None:
    assert arxiv_services.PAUSE >= 3
    assert services.PAUSE >= 1
