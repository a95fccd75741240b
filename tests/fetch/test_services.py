"""What each service is asked, and what is done where it has no answer: with a real server."""

from __future__ import annotations

import json
import re
import socket
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.build import config
from generator.build.loading import read_catalog
from generator.fetch import arxiv, feeds, fetching, services
from generator.fetch.fetching import Outcome
from generator.fetch.http import Manners
from generator.fetch.routes import Unanswered
from generator.model.errors import UsageError
from tests.fetch.fetching import QUICK, command, days, source
from tests.fetch.service import Fault, Service, instead, status

ONE = date(2025, 8, 7)
NAME = "arxiv/cs.CL/2025-08-07"


def category(root: Path, said: list[str] | None = None, **options: Any) -> list[Outcome]:
    """Fetch a category: without other options the seventh of August alone."""
    settings, _ = config.load(root)
    today = options.get("today", date(2025, 8, 10))
    asked = arxiv.daily(settings.arxiv_url, category="cs.CL", today=today)
    say = said.append if said is not None else fetching.silent
    return days(settings, asked, {"say": say} | options)


# arXiv, by one service after another


def test_a_category_is_harvested_page_by_page(shelf: Path, service: Service) -> None:
    service.is_harvested, service.days = True, {"2025-08-07": 120}
    (outcome,) = category(shelf)
    assert outcome.new == (f"{NAME}.oai.xml", f"{NAME}.page2.oai.xml", f"{NAME}.page3.oai.xml")
    assert outcome.papers == 120
    first, second, _ = service.asked
    assert first == (
        "/oai2?verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ACL"
        "&from=2025-08-07&until=2025-08-07"
    )
    assert second.startswith("/oai2?verb=ListRecords&resumptionToken=2025-08-07")
    again = category(shelf)[0]
    assert (again.new, again.changed, len(again.unchanged)) == ((), (), 3)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("cs.CL", "cs:cs:CL"),
        ("cs", "cs"),
        ("hep-th", "physics:hep-th"),
        ("astro-ph.CO", "physics:astro-ph:CO"),
        ("physics.optics", "physics:physics:optics"),
        ("q-bio.NC", "q-bio:q-bio:NC"),
    ],
)
def test_a_category_is_a_set_of_the_harvest(given: str, expected: str) -> None:
    url = arxiv.daily("https://export.arxiv.org", category=given).batch(ONE).page(0)
    assert url.startswith("https://oaipmh.arxiv.org/oai?")
    assert f"set={expected.replace(':', '%3A')}&" in url


def test_a_day_on_which_nothing_changed_asks_nobody_else(shelf: Path, service: Service) -> None:
    service.is_harvested = True
    assert category(shelf) == [Outcome(name=NAME)]
    assert len(service.asked) == 1
    assert not source(shelf, "arxiv").exists()


NO_HARVEST: dict[str, Fault] = {
    "404": status(404),
    "503": status(503, retry_after="0"),
    "429": status(429),
    "a web page": instead(b"<!doctype html><title>Busy</title>"),
    "cut": instead(b"<OAI-PMH><ListRecords><record>"),
    "empty": instead(b"<OAI-PMH></OAI-PMH>"),
    "an error": instead(b'<OAI-PMH><error code="badArgument">no such set</error></OAI-PMH>'),
}


@pytest.mark.parametrize("name", NO_HARVEST)
def test_the_api_is_asked_where_the_harvest_fails(shelf: Path, service: Service, name: str) -> None:
    service.is_harvested, service.days = True, {"2025-08-07": 3}
    service.faults = [NO_HARVEST[name]] * (1 if name in ("404", "an error") else QUICK.tries)
    said: list[str] = []
    (outcome,) = category(shelf, said)
    assert (outcome.new, outcome.failed, outcome.papers) == ((f"{NAME}.xml",), "", 3)
    assert [line for line in said if "Asking the API instead." in line] == said[-1:]
    assert not [path for path in service.asked if path.startswith("/rss/")], "it is days ago"
    # The next run harvests what this one could not, and keeps what there is.
    (again,) = category(shelf)
    assert (again.new, again.papers) == ((f"{NAME}.oai.xml",), 3)
    assert source(shelf, f"{NAME}.xml").is_file()


def test_the_feed_of_today_comes_before_the_api(shelf: Path, service: Service) -> None:
    service.announced, service.days = ONE, {"2025-08-07": 4}
    (outcome,) = category(shelf, today=ONE)
    assert (outcome.new, outcome.papers) == ((f"{NAME}.rss.xml",), 4)
    assert [path.partition("?")[0] for path in service.asked] == ["/oai2", "/rss/cs.CL"]
    assert category(shelf, today=ONE)[0].unchanged == (f"{NAME}.rss.xml",)


def test_the_feed_of_another_day_is_not_taken(shelf: Path, service: Service) -> None:
    service.announced, service.days = date(2025, 8, 6), {"2025-08-06": 2, "2025-08-07": 4}
    (outcome,) = category(shelf, today=ONE)
    assert (outcome.new, outcome.papers) == ((f"{NAME}.xml",), 4)


def test_where_all_fail_the_line_says_it_of_each(shelf: Path, service: Service) -> None:
    service.always = status(503)
    (outcome,) = category(shelf, today=ONE)
    for name in ("OAI-PMH", "the feed", "the API"):
        assert f"{name}: expected an answer, found “503" in outcome.failed
    assert "\n" not in outcome.failed


def test_a_service_without_an_answer_is_asked_once_where_there_is_another(
    shelf: Path, service: Service
) -> None:
    service.days = {f"2025-08-0{n}": 2 for n in range(1, 8)}
    service.is_harvested = True
    service.faults = [status(503)] * QUICK.tries
    outcomes = category(shelf, since=date(2025, 8, 1))
    assert [outcome.papers for outcome in outcomes] == [2] * 7
    assert sum(path.startswith("/oai2") for path in service.asked) == QUICK.tries


def test_a_day_that_another_service_gave_is_there(shelf: Path, service: Service) -> None:
    service.is_harvested, service.days = True, {"2025-07-01": 2}
    early, late = date(2025, 7, 1), date(2025, 9, 1)
    assert category(shelf, since=early, until=early, today=late)[0].papers == 2
    (shelf / "content/.fetch.json").unlink()
    assert category(shelf, since=early, until=early, today=late) == []


# Waiting, and no network


def test_a_pause_that_a_service_asks_for_is_told(shelf: Path, service: Service) -> None:
    service.is_harvested, service.days = True, {"2025-08-07": 2}
    service.faults = [status(503, retry_after="1"), status(429, retry_after="0")]
    said: list[str] = []
    (outcome,) = category(shelf, said)
    assert outcome.papers == 2
    (line,) = said
    assert line.partition(": ")[2] == (
        "expected an answer, found “503 Service Unavailable”. Asking again in 1 s (try 2 of 3)."
    )


def test_a_pause_holds_for_the_next_request_and_for_no_other_host(
    shelf: Path, service: Service
) -> None:
    settings, _ = config.load(shelf)
    service.files = {f"/{n}.json": json.dumps([{"title": "On Ants"}]).encode() for n in range(2)}
    service.faults = [status(503, retry_after="1")]
    once = Manners(pause=0, tries=1)
    other = service.url.replace("127.0.0.1", "localhost")
    lines = f"{service.url}/0.json\n{other}/0.json\n{service.url}/1.json\n"
    said: list[str] = []
    batches = feeds.addresses(lines, "x")
    outcomes = list(fetching.fetch_all(settings, batches, manners=once, say=said.append))
    assert [bool(outcome.failed) for outcome in outcomes] == [True, False, False]
    first, _, third = [request.time for request in service.requests]
    assert third - first >= 1
    (line,) = said  # the other host was not waited for
    assert line.startswith(service.url.removeprefix("http://"))
    assert "expected an answer before, found none. Asking again in 1 s (try 1 of 1)." in line


def nobody() -> str:
    """An address of this machine at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


OFFLINE = Manners(pause=0, tries=4, backoff=0.2, offline=0.3)


def test_without_a_network_one_line_says_so_and_no_day_is_waited_for(shelf: Path) -> None:
    settings, _ = config.load(shelf)
    asked = arxiv.daily(nobody(), category="cs.CL")
    options = {"since": date(2025, 7, 1), "manners": OFFLINE}
    first, *others = days(settings, asked, options)
    assert "no connection to 127.0.0.1 (Connection refused). Look whether" in first.failed
    assert len(others) == 37
    assert not any(outcome.is_asked for outcome in others)


def test_a_host_that_stays_silent_is_no_network_either(shelf: Path) -> None:
    settings, _ = config.load(shelf)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:  # nobody takes them up, so that no more are let in
            one.setblocking(False)
            one.connect_ex(address)
        batch = feeds.feed(f"http://127.0.0.1:{address[1]}/feed", ONE)
        (outcome,) = fetching.fetch_all(
            settings, [batch], manners=Manners(pause=0, timeout=30, offline=0.5)
        )
        for one in waiting:
            one.close()
    assert "no connection to 127.0.0.1 (none in time)." in outcome.failed


def test_after_an_answer_a_dead_host_is_no_sign_of_being_offline(
    shelf: Path, service: Service
) -> None:
    settings, _ = config.load(shelf)
    service.files = {"/list.json": json.dumps([{"title": "On Ants"}]).encode()}
    text = f"{service.url}/list.json\n{nobody()}/list.json\n"
    outcomes = list(fetching.fetch_all(settings, feeds.addresses(text, "x"), manners=OFFLINE))
    assert [bool(outcome.failed) for outcome in outcomes] == [False, True]
    assert "(tried 4 times)" in outcomes[1].failed


# Other services


def preprints(root: Path, name: str = "", **options: Any) -> list[Outcome]:
    settings, _ = config.load(root)
    return days(settings, services.biorxiv(settings.biorxiv_url, "biorxiv", name), options)


def test_biorxiv_says_where_the_next_page_begins() -> None:
    batch = services.biorxiv("https://api.biorxiv.org", "medrxiv", "Cell Biology").batch(ONE)
    assert (batch.path(0), batch.path(1)) == (
        "medrxiv/cell-biology/2025-08-07.json",
        "medrxiv/cell-biology/2025-08-07.page2.json",
    )
    where = "https://api.biorxiv.org/details/medrxiv/2025-08-07/2025-08-07"
    assert batch.page(0) == f"{where}/0/json?category=cell_biology"
    service = Service(days={"2025-08-07": 70})
    cursors, token = [], "0"
    while token:
        cursors.append(token)
        answer = service.answer(f"/details/biorxiv/2025-08-07/2025-08-07/{token}/json")
        assert answer is not None
        token = batch.count(answer).token
    assert cursors == ["0", "30", "60"]


def test_a_day_without_preprints_is_fetched_and_no_file(shelf: Path, service: Service) -> None:
    assert preprints(shelf) == [Outcome(name="biorxiv/2025-08-07")]
    assert not source(shelf, "biorxiv").exists()


@pytest.mark.parametrize("answer", [b"{}", b"[]", b'{"messages": [], "collection": []}'])
def test_another_answer_of_biorxiv_fails(shelf: Path, service: Service, answer: bytes) -> None:
    service.always = instead(answer)
    (outcome,) = preprints(shelf)
    assert "expected an object with a `collection`" in outcome.failed


def works(root: Path, **given: Any) -> list[Outcome]:
    settings, _ = config.load(root)
    batch = services.openalex(settings.openalex_url, **given)
    return list(fetching.fetch_all(settings, [batch], manners=QUICK))


def test_openalex_is_asked_page_by_page_with_a_key_that_stays_secret(
    shelf: Path, service: Service
) -> None:
    service.works = 230
    (outcome,) = works(shelf, query="counting ants", key="secret")
    assert (len(outcome.new), outcome.papers) == (3, 230)
    assert service.asked[0] == ("/works?search=counting+ants&per_page=100&page=1&api_key=secret")
    kept = (shelf / "content/.fetch.json").read_text("utf-8")
    assert "secret" not in kept + repr(outcome)
    (again,) = works(shelf, query="counting ants", key="another")
    assert (again.new, again.changed) == ((), ()), "a file is of the search, not of the key"


def test_most_works_are_asked_for_in_hundreds(shelf: Path, service: Service) -> None:
    service.works = 950
    (outcome,) = works(shelf, filters="publication_year:2025", most=150)
    assert outcome.papers == 200
    assert "filter=publication_year%3A2025" in service.asked[0]
    assert "sort=publication_date%3Adesc" in service.asked[0]


def test_more_works_than_openalex_shows_are_not_begun(shelf: Path, service: Service) -> None:
    many = {"meta": {"count": 1_200_000}, "results": [{}]}
    service.always = instead(json.dumps(many).encode())
    (outcome,) = works(shelf, query="ants")
    assert "expected at most 10,000 works, found 1,200,000." in outcome.failed
    assert len(service.asked) == 1


def test_a_refusal_without_a_key_says_where_one_is(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENALEX_KEY", raising=False)
    service.always = status(401)
    for key, said in (((), True), (("--key", "x"), False)):
        run = command(monkeypatch, shelf, "openalex", "--query", "ants", *key)
        assert ("one is free at openalex.org/settings/api" in run.stderr) is said


def test_a_search_of_nothing_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--query or --filter"):
        services.openalex("https://example.org")


def test_a_feed_has_a_file_a_day(shelf: Path, service: Service) -> None:
    service.announced, service.days = ONE, {"2025-08-07": 3}
    settings, _ = config.load(shelf)
    names: list[str] = []
    for day in (ONE, ONE, ONE + timedelta(1)):
        batch = feeds.feed(f"{service.url}/rss/cs.CL", day)
        (outcome,) = fetching.fetch_all(settings, [batch], manners=QUICK)
        assert not outcome.failed
        names += outcome.new
    assert [re.sub("-[a-z]+/", "/", name) for name in names] == [
        "rss/127.0.0.1-rss-cs.CL/2025-08-07.xml",
        "rss/127.0.0.1-rss-cs.CL/2025-08-08.xml",
    ]


@pytest.mark.parametrize("answer", [b"<html><body>no</body></html>", b"{}", b"<svg/>", b"<rss"])
def test_what_is_no_feed_is_not_kept(shelf: Path, service: Service, answer: bytes) -> None:
    service.always = instead(answer)
    settings, _ = config.load(shelf)
    batch = feeds.feed(f"{service.url}/feed", ONE)
    (outcome,) = fetching.fetch_all(settings, [batch], manners=QUICK)
    assert outcome.failed
    assert not source(shelf, "rss").exists()


def test_a_feed_at_no_address_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="expected the address of a feed"):
        feeds.feed("example.org/feed", ONE)


# Papers known by their ids


BARE = """\
@misc{a, title = {arXiv:2508.00001}, eprint = {2508.00001}}
@misc{b, title = {arXiv:2508.00002}, eprint = {2508.00002}}
@misc{c, title = {doi:10.1000/ants.3}, doi = {10.1000/ants.3}}
@misc{d, title = {On Dogs}, eprint = {2508.00004}}
"""
REFERENCE: dict[str, object] = {
    "type": "article-journal",
    "title": "On Cats",
    "DOI": "10.1000/ants.3",
    "author": [{"given": "Ada", "family": "Byron"}],
    "issued": {"date-parts": [[2025, 8]]},
}


def titles(root: Path) -> list[str]:
    settings, _ = config.load(root)
    return [paper.title for paper in read_catalog(settings).papers]


def test_papers_known_by_an_id_alone_are_filled(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    source(shelf, "ids.bib").parent.mkdir(parents=True, exist_ok=True)
    source(shelf, "ids.bib").write_text(BARE, "utf-8")
    service.references = {"10.1000/ants.3": REFERENCE}
    run = command(monkeypatch, shelf, "ids")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.endswith("In the new and changed ones: 3 records.\n")
    assert sorted(titles(shelf)) == [
        "Counting Bees with Networks, Part 1",
        "Counting Bees with Networks, Part 2",
        "On Cats",
        "On Dogs",
    ]
    by_id, by_doi = service.requests
    assert by_id.path == "/api/query?id_list=2508.00001,2508.00002&max_results=2"
    assert by_doi.path == "/10.1000/ants.3"
    assert by_doi.headers["accept"] == "application/vnd.citationstyles.csl+json"
    service.requests.clear()
    assert command(monkeypatch, shelf, "ids").exit_code == 0
    assert service.asked == []


def test_an_id_that_nobody_knows_is_told(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    source(shelf, "ids.bib").parent.mkdir(parents=True, exist_ok=True)
    text = BARE.partition("@misc{c")[0].replace("2508.00002", "2508.99999")
    source(shelf, "ids.bib").write_text(text, "utf-8")
    run = command(monkeypatch, shelf, "ids", "--quiet")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == "arXiv:2508.99999: expected a paper, found none of this id. Correct it.\n"


def test_a_doi_that_nobody_has_stops_no_other(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    source(shelf, "ids.bib").parent.mkdir(parents=True, exist_ok=True)
    more = "@misc{e, title = {doi:10.1000/none}, doi = {10.1000/none}}\n"
    source(shelf, "ids.bib").write_text(more + BARE, "utf-8")
    service.references = {"10.1000/ants.3": REFERENCE}
    run = command(monkeypatch, shelf, "ids")
    assert run.exit_code == 1
    assert "404" in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert "On Cats" in titles(shelf)


def test_a_catalog_without_bare_ids_asks_nobody(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command(monkeypatch, shelf, "ids").exit_code == 0
    assert service.asked == []


# The commands


def today() -> str:
    """The day in UTC; asked for when it is needed, since the tests may run past midnight."""
    return datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    "arguments",
    [
        ("arxiv", "--category", "cs.CL", "--since", "{today}"),
        ("hf-daily", "--since", "{today}"),
        ("openreview", "--venue", "ICLR.cc/2025/Conference"),
        ("openalex", "--query", "ants", "--most", "100"),
        ("ids",),
    ],
)
def test_quietly_a_success_prints_nothing_and_a_failure_its_reason(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    source(shelf, "ids.bib").parent.mkdir(parents=True, exist_ok=True)
    source(shelf, "ids.bib").write_text(BARE.partition("@misc{c")[0], "utf-8")
    service.is_harvested, service.days, service.notes, service.works = True, {today(): 2}, 2, 100
    arguments = tuple(argument.format(today=today()) for argument in arguments)
    service.always = status(404)
    failed = command(monkeypatch, shelf, *arguments, "--quiet")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert len(failed.stderr.splitlines()) == 1
    assert "404" in failed.stderr
    service.always = None
    fine = command(monkeypatch, shelf, *arguments, "--quiet")
    assert (fine.exit_code, fine.stdout, fine.stderr) == (0, "", "")
    assert service.asked


def test_feeds_are_fetched_by_their_addresses(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.announced, service.days = ONE, {"2025-08-07": 3}
    url = f"{service.url}/rss/cs.CL"
    run = command(monkeypatch, shelf, "rss", url, url, "--json")
    found = json.loads(run.stdout)
    assert (run.exit_code, len(found["new"]), found["papers"]) == (0, 1, 3)
    assert found["new"][0].endswith(f"/{today()}.xml")


def test_offline_the_command_says_so_in_one_line(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf / "mkdocs.yml"
    text = re.sub(r"arxiv_url: \S+", f"arxiv_url: {nobody()}", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    run = command(monkeypatch, shelf, "arxiv", "--category", "cs.CL")
    first, second = run.stderr.splitlines()[-2:]
    assert run.exit_code == 1
    assert "no connection to 127.0.0.1" in first
    assert second == "6 more not asked for, since there was no answer before. Fetch again later."


def test_a_refusal_of_arxiv_is_no_answer() -> None:
    batch = arxiv.by_id("https://example.org", ["2508.00001"])
    error = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id>'
        b"<summary>incorrect id format</summary></entry></feed>"
    )
    with pytest.raises(Unanswered, match="incorrect id format"):
        batch.count(error)
