"""Papers in mails as programs save them, in chats, and in lines of several ids."""

from __future__ import annotations

from email.charset import QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from generator.sources import Reading, read
from tests.sources import fixture

QUOTED = Charset("utf-8")
QUOTED.body_encoding = QP
ALERT = (
    '<html><head><style>p {}</style></head><body><h3><span>[PDF]</span> <a href="https://a.example">'
    "Slow Light</a></h3><div>A Ant, B Bee - arXiv preprint arXiv:2508.90001, 2025</div>"
    "<div>We let lists wait&nbsp;…</div><br><h3>Ants &amp; Bees</h3>"
    "<div>T Tern, M Moth - Journal of Ants, 2025</div><div>Ants are <b>compared</b>, é.</div>"
    "<p>This message was sent by Google Scholar because you are following new results.</p>"
    "</body></html>"
)


def saved(*parts: MIMEText) -> bytes:
    mail = MIMEMultipart("alternative") if len(parts) > 1 else parts[0]
    for name, said in (("From", "Lists <a@b.example>"), ("Subject", "new"), ("To", "c@d.example")):
        mail[name] = said
    mail["Date"] = "Thu, 07 Aug 2025 10:00:00 +0000"
    for part in parts if mail is not parts[0] else ():
        mail.attach(part)
    return mail.as_bytes()


def titles(found: Reading) -> list[str]:
    return [paper.title for paper in found.papers]


@pytest.mark.parametrize("charset", ["utf-8", QUOTED])
def test_mail_of_html_alone_is_its_text(charset: str | Charset) -> None:
    found = read(saved(MIMEText(ALERT, "html", charset)), "alert.eml")  # type: ignore[arg-type]
    assert titles(found) == ["Slow Light", "Ants & Bees"]
    assert found.papers[1].abstract == "Ants are compared, é."
    assert found.problems == ()


@pytest.mark.parametrize("charset", ["utf-8", QUOTED])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_mail_of_several_parts_is_its_plain_one(charset: str | Charset, end: bytes) -> None:
    text = fixture("arxiv-mail/two.txt").decode()
    parts = MIMEText(text, "plain", charset), MIMEText("<p>other</p>", "html", charset)  # type: ignore[arg-type]
    found = read(saved(*parts).replace(b"\n", end), "mail.eml")
    assert titles(found) == titles(read(text.encode(), "two.txt"))


@pytest.mark.parametrize("cut", [60, 200, 420, 700])
def test_mail_that_is_cut_is_no_traceback(cut: int) -> None:
    data = saved(MIMEText(ALERT, "html", "utf-8"))
    assert "fault of Papershelf" not in str(read(data[:cut], "alert.eml").problems)


@pytest.mark.parametrize(
    "chat",
    [
        "[07/08/2025, 10:12:33] Ada: {0}\n[07/08/2025, 10:15:01] Bo: thanks!\n"
        "[07/08/2025, 10:16:20] Bo: {1}\n",
        "07/08/25, 10:12 - Ada: {0}\n07/08/25, 10:16 - Bo Bee: {1}\n",
        "Ada Ant  10:12 AM\n{0}\nBo  10:15 AM\n{1}\n:+1:\n",
        "r/MachineLearning\n•\n2 days ago\n[R] {0}\nUpvote\n154\nDownvote\n12\nShare\n[D] {1}\n"
        "Upvote\n54\nDownvote\n3\nShare\n",
        "Week 1: Light\n{0}\nWeek 2: Dark\n{1}\n",
    ],
)
@pytest.mark.parametrize("gap", [" ", " – ", "\n"])
def test_who_says_it_and_when_is_of_no_paper(chat: str, gap: str) -> None:
    said = [f"{title}{gap}https://arxiv.org/abs/{n}" for title, n in PAPERS]
    if gap == "\n" and chat[0] in "[0":
        said = [one.replace("\n", " ") for one in said]
    found = read(chat.format(*said).encode(), "chat.txt")
    assert [(paper.title, paper.arxiv, paper.abstract) for paper in found.papers] == [
        (*paper, "") for paper in PAPERS
    ]


PAPERS = [("Slow Light: Lists That Wait", "2508.90001"), ("Ants and Bees at Work", "2401.90001")]


def test_preview_of_a_link_repeats_no_title() -> None:
    text = (
        "ada — Today at 10:12\nSlow Light\nhttps://arxiv.org/abs/2508.90001\narXiv.org\n"
        "Slow Light\nWe let lists wait.\nbo — Today at 10:15\nAnts and Bees\nhttps://arxiv.org/abs/2401.90001\n"
    )
    found = read(text.encode(), "chat.txt")
    assert [(paper.title, paper.abstract) for paper in found.papers] == [
        ("Slow Light", "We let lists wait."),
        ("Ants and Bees", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2508.90001, 2401.90001, 10.5555/bees.2\n",
        "2508.90001 2401.90001 10.5555/bees.2\n",
        "2508.90001,2401.90001\n10.5555/bees.2\n",
        "# to read\n2508.90001   # slow light\n2401.90001v2 # ants\n\nhttps://doi.org/10.5555/bees.2\n",
        "arXiv:2508.90001; arXiv:2401.90001; doi:10.5555/bees.2\n",
    ],
)
def test_line_may_have_several_ids_and_a_note(text: str) -> None:
    found = read(text.encode(), "ids.txt")
    assert [paper.arxiv or paper.doi for paper in found.papers] == [
        "2508.90001",
        "2401.90001",
        "10.5555/bees.2",
    ]
    assert found.problems == ()


def test_page_of_one_paper_of_arxiv_is_that_paper() -> None:
    text = (
        "arXiv:2508.90001 (cs)\n[Submitted on 5 Aug 2025 (v1), last revised 7 Aug 2025]\n"
        "Slow Light: Lists That Wait\nAda Ant, Bo Bee\nView PDF\nHTML (experimental)\n"
        "We let lists wait until a paper was cited twice.\nComments:\t12 pages\n"
        "Subjects:\tComputation and Language (cs.CL)\nCite as:\tarXiv:2508.90001 [cs.CL]\n"
        " \t(or arXiv:2508.90001v2 [cs.CL] for this version)\n"
    )
    (paper,) = read(text.encode(), "page.txt").papers
    assert (paper.title, paper.published) == ("Slow Light: Lists That Wait", "2025-08-05")
    assert paper.abstract == "We let lists wait until a paper was cited twice."
