"""What a file is, before any reader looks at it; and what guards against bombs."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.errors import ContentError
from generator.sources import content, read
from generator.sources.content import Content
from generator.sources.elements import prose


def opened(text: str | bytes) -> Content:
    return Content(text.encode() if isinstance(text, str) else text, "a.txt")


# Kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"a": 1}', "json"),
        ('[{"a": 1}]', "json"),
        ('\ufeff  \n{"a": 1}', "json"),
        ('{"a": 1}\n{"a": 2}\n', "lines"),
        ('{"a": 1}\n\n{"a": 2', "lines"),
        ('{\n  "a": 1\n}', "json"),
        ("[tool.ants]\nlegs = 6", "text"),
        ("[1] A. Byron. On Ants.", "text"),
        ("<records/>", "xml"),
        ('<?xml version="1.0"?><!-- <html> --><records/>', "xml"),
        ("<!DOCTYPE html><p>x", "html"),
        ("<!-- saved --><HTML><p>x", "html"),
        ("TY  - JOUR", "text"),
        ("", "text"),
    ],
)
def test_kind_is_told_by_the_first_characters(text: str, kind: str) -> None:
    assert opened(text).kind == kind


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<records/>", "records"),
        ('<?xml version="1.0"?>\n<!-- a <b> -->\n<m:mods xmlns:m="x"/>', "mods"),
        ('<!DOCTYPE article PUBLIC "a" "b.dtd" [<!ELEMENT x (#PCDATA)>]><article/>', "article"),
        ('{"a": 1}', ""),
    ],
)
def test_root_is_the_first_element_without_its_prefix(text: str, root: str) -> None:
    assert opened(text).root == root


def test_first_is_the_first_object_wherever_it_stands() -> None:
    assert opened('[1, {"a": 1}]').first == {"a": 1}
    assert opened('{"a": 1}\n{"a": 2}\n').first == {"a": 1}
    assert opened("[1]").first == {}
    assert opened("text").first == {}


# JSON


def test_broken_json_says_the_line() -> None:
    with pytest.raises(ContentError, match="found in line 2"):
        _ = opened('[{"a": 1},\n{"b": ').json


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{\n"a": 1\n}\n{\n"a": 2\n}\n', [{"a": 1}, {"a": 2}]),
        ('[{"a": 1}][{"a": 2}]', [{"a": 1}, {"a": 2}]),
        ('[{"a": NaN, "b": -Infinity}]', [{"a": None, "b": None}]),
        ('[{"a": "1\n\t2"}]', [{"a": "1\n\t2"}]),
    ],
)
def test_json_as_programs_write_it_is_read(text: str, values: list[object]) -> None:
    assert opened(text).json == values


@pytest.mark.parametrize("text", ['{"a": 1}\n{"a": ', '{"a": 1} and so on', '[{"a": 1}]]'])
def test_documents_one_after_the_other_are_all_sound(text: str) -> None:
    with pytest.raises(ContentError, match="Extra data"):
        _ = Content(text.replace("\n", " ").encode(), "a").json


def test_broken_lines_stand_between_good_ones() -> None:
    found = list(opened(b'{"a": 1}\n{"a": \n\n{"b": "\xff"}\n{"a": 4}\n').lines())
    assert [number for number, _ in found] == [1, 2, 4, 5]
    assert [isinstance(value, ContentError) for _, value in found] == [False, True, True, False]


@pytest.mark.parametrize("deep", ["[" * 200_000, '{"a":' * 100_000])
def test_values_nested_without_end_are_a_problem(deep: str) -> None:
    reading = read(deep.encode(), "deep.json")
    assert reading.papers == ()
    assert reading.problems


def test_line_that_is_too_long_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST_LINE", 100)
    rows = [json.dumps({"title": "x" * length}) for length in (5, 200, 5)]
    found = [value for _, value in opened("\n".join(rows)).lines()]
    assert [isinstance(value, ContentError) for value in found] == [False, True, False]


def test_document_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST_DOCUMENT", 1000)
    for text, shape in (("[" + "1, " * 1000 + "1]", "json"), ("<a>" + "x" * 1000 + "</a>", "xml")):
        with pytest.raises(ContentError, match="Split the file"):
            getattr(opened(text), shape)


# XML

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<PubmedArticleSet><PubmedArticle>&lol2;</PubmedArticle></PubmedArticleSet>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE r [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<article><front>&secret;</front></article>"""


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, LAUGHS.replace("ENTITY", "entity")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(text: str, encoding: str) -> None:
    with pytest.raises(ContentError, match="without entities of its own"):
        _ = opened(text.encode(encoding)).xml


def test_names_that_html_has_for_characters_are_those_characters() -> None:
    root = opened("<a>caf&eacute; &amp; &lt;b&gt; &nosuch; AT&amp;T</a>").xml
    assert prose(root) == "café & <b> &nosuch; AT&T"


def test_broken_xml_gives_what_stands_before_the_break_and_says_where() -> None:
    found = opened("<a><b>one</b>\n<b>two</b>\n<b>thr")
    assert [prose(b) for b in found.xml.iter("b")] == ["one", "two", "thr"]
    assert "broken in line 3" in found.xml_doubt


def test_what_loses_nothing_is_no_doubt() -> None:
    found = opened('<x:a xml:id="1x"><x:b>text</x:b></x:a>')
    assert prose(found.xml.find("b")) == "text"
    assert found.xml_doubt == ""


def test_names_are_without_their_namespaces() -> None:
    root = opened('<m:a xmlns:m="u" xmlns:x="v"><m:b x:href="h">t</m:b></m:a>').xml
    assert [(b.tag, b.get("href")) for b in root] == [("b", "h")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("&#55357;&#56832;", "😀"),
        ("&#xD83D;&#xDE00;", "😀"),
        ("&#x1F600;", "😀"),
        ("&#55357;", "\ufffd"),
        ("&#xdc00;&#65;", "\ufffdA"),
    ],
)
def test_halves_of_a_character_are_one_or_none(written: str, text: str, encoding: str) -> None:
    found = opened(f'<?xml version="1.0"?><a b="{written}">{written}</a>'.encode(encoding))
    assert (found.xml.get("b"), prose(found.xml)) == (text, text)


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "unicode_escape", "base64", "utf-7", "no-such", "zip"]
)
def test_declared_encoding_that_is_none_of_text_does_not_count(name: str) -> None:
    reading = read(
        f"% Encoding: {name}\n@misc{{a, title={{Caf\u00e9s}}}}".encode("cp1252"), "a.bib"
    )
    assert [paper.title for paper in reading.papers] == ["Cafés"]
    assert "read as Windows-1252" in reading.problems[0].reason


def test_number_of_any_length_loses_no_other_record() -> None:
    data = f'[{{"title": "On Ants", "upvotes": {"9" * 5000}}}, {{"title": "On Bees"}}]'
    reading = read(data.encode(), "a.json")
    assert [paper.title for paper in reading.papers] == ["On Ants", "On Bees"]
    assert "number of upvotes" in reading.problems[0].reason


def test_dtd_is_not_fetched() -> None:
    root = opened('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>text</a>').xml
    assert prose(root) == "text"


@given(st.binary())
def test_any_bytes_have_a_kind_or_are_no_text(data: bytes) -> None:
    found = opened(data)
    try:
        kind, first, root, text = found.kind, found.first, found.root, found.text
    except ContentError:
        return
    assert text.strip() or kind == "text"
    assert not (first and root)


# Archives


def test_archives_are_called_by_their_name() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as unpacked:
        unpacked.writestr("a.xml", "<a>" + "x" * 10**6 + "</a>")
    for data in (archive.getvalue(), gzip.compress(b"<a>" + b"x" * 10**6 + b"</a>")):
        reading = read(data, "papers.zip")
        assert reading.papers == ()
        assert "archive. Unpack it" in reading.problems[0].reason


# What is broken in one place harms that place


def test_line_of_another_encoding_harms_that_line_alone() -> None:
    text = (
        "@misc{a, title = {Žluť a Łódź}}\n@misc{b, title = {CAFE}}\r\n@misc{c, title = {Größe}}\n"
    )
    reading = read(text.encode().replace(b"CAFE", "Café".encode("latin-1")), "a.bib")
    assert [paper.title for paper in reading.papers] == ["Žluť a Łódź", "Café", "Größe"]
    (problem,) = reading.problems
    assert "found the byte 0xE9 in line 2. The line was read as Windows-1252" in problem.reason


TABLES = {
    "cp1252": ("Windows-1252", "Über den Flug,Zoë Fürst; José Ñúñez"),
    "cp1250": ("Windows-1250", "Światło i ćmy,Paweł Gołąb; Łucja Dąb"),
    "mac_roman": ("Mac Roman", "Über die Nächte,Jörg Fürst; Zoë Çim"),
    "cp850": ("DOS 850", "Für die Nächte,René Fürst; André Blé"),
    "cp1251": ("Windows-1251", "Медленный полёт,Ида Моль; Отто Осин"),
    "koi8_r": ("KOI8-R", "Медленный полёт,Ида Моль; Отто Осин"),
    "cp1253": ("Windows-1253", "Αργή πτήση,Ελένη Νίκου"),
    "cp1254": ("Windows-1254", "Gecenin ışığı,Ayşe Işık; Çağrı Dağ"),
    "cp1255": ("Windows-1255", "אור ועש בלילה,נועה לוי"),
    "cp1256": ("Windows-1256", "الضوء والفراشات,محمد علي"),
    "cp874": ("Windows-874", "แสงไฟกับผีเสื้อ,สมชาย ใจดี"),
    "gb18030": ("GBK", "夜间飞行的研究,周岚；孙默"),
    "big5": ("Big5", "夜間飛行的研究,周嵐；孫默"),
    "cp932": ("Shift-JIS", "夜の蛾の飛び方,高木一郎；森下花"),
    "euc_jp": ("EUC-JP", "夜の蛾の飛び方について,高木一郎；森下花"),
    "cp949": ("EUC-KR", "나방의 느린 비행,김서준; 박하은"),
}


@pytest.mark.parametrize("encoding", TABLES)
def test_encoding_that_nothing_declares_is_told_by_its_letters(encoding: str) -> None:
    name, row = TABLES[encoding]
    reading = read(f"title,authors\n{row}\nPlain,Ida Moth\n".encode(encoding), "papers.csv")
    assert [paper.title for paper in reading.papers] == [row.partition(",")[0], "Plain"]
    assert [f"read as {name};" in problem.reason for problem in reading.problems] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "The “slow” moth’s flight – a test…",
        "Light—A Study at 5 µm ± 2°",
        "O(n³) moths on 20 km²",
        "¿Qué vuela? «L’été» à l’œuvre",
        "SÃO PAULO",
        "Þór Ægisson",
        "Café",
    ],
)
def test_western_text_is_no_other_encoding(text: str) -> None:
    assert opened(f"plain\n{text}".encode("cp1252")).text == f"plain\n{text}"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("row", ["夜行性昆虫,周岚,2024", "Полёт,Моль,2024", "Flight,Moth,2024"])
def test_utf_16_needs_no_mark(row: str, encoding: str) -> None:
    found = opened(f"标题,作者,year\n{row}\n".encode(encoding))
    assert (found.text, found.doubt) == (f"标题,作者,year\n{row}\n", "")


def test_byte_of_another_encoding_in_one_long_line_harms_itself_alone() -> None:
    row = '[{"title": "Žluť a Łódź"}, {"title": "CAFE"}]'.encode()
    reading = read(row.replace(b"CAFE", b"Caf\xe9"), "a.json")
    assert [paper.title for paper in reading.papers] == ["Žluť a Łódź", "Café"]
    assert len(reading.problems) == 1


def test_xml_of_another_encoding_is_read_as_it_declares_or_line_by_line() -> None:
    body = "<records>\n<a>Žluť</a>\n<b>Höhe</b>\n</records>"
    declared = f'<?xml version="1.0" encoding="iso-8859-2"?>{body}'.encode("iso-8859-2")
    assert prose(opened(declared).xml.find("a")) == "Žluť"
    mixed = opened(body.encode().replace("ö".encode(), b"\xf6"))
    assert [prose(element) for element in mixed.xml] == ["Žluť", "Höhe"]
    assert "0xF6 in line 3" in mixed.doubt


def test_a_stray_zero_byte_is_left_out_and_said() -> None:
    reading = read(
        b"@misc{a, title = {On the March\0 of the Ants},\n  author = {Marsh, Nora}}", "a.bib"
    )
    assert [paper.title for paper in reading.papers] == ["On the March of the Ants"]
    assert ["byte 0x00 in line 1" in problem.reason for problem in reading.problems] == [True]


BOMB = f'<!DOCTYPE r [<!ATTLIST a b CDATA "{"x" * 10_000}">]><article>{"<a/>" * 100}</article>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        f'<?xml version="1.0" encoding="UTF-7"?>{BOMB}'.replace("<!A", "+ADwAIQ-A").encode(),
    ],
)
def test_attributes_that_a_file_declares_are_added_to_no_element(data: bytes) -> None:
    with pytest.raises(ContentError, match=r"ATTLIST|expected XML"):
        _ = opened(data).xml


def test_half_an_emoji_is_no_character_and_no_traceback() -> None:
    reading = read(b'{"title": "On Ants \\ud83d", "doi": "10.5555/\\udc00x"}', "a.json")
    (paper,) = reading.papers
    assert (paper.title, paper.doi) == ("On Ants", "10.5555/x")
