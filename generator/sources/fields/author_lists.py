"""Lists of authors in one cell or line, in any of the ways that people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.sources.fields import author_texts
from generator.sources.fields.author_order import is_turned, paired, turned, turned_apart
from generator.sources.fields.author_pieces import (
    BODY,
    GROUP,
    NOBODY,
    PLACE,
    is_place,
    is_whole_name,
    pieces_of,
)
from generator.sources.fields.author_quoting import quoted_names

LONGEST_NAME: Final = 200
"""Characters; what is longer in a list of names is text of another kind."""

_DASHED: Final = re.compile(r"\s+[-–—]\s+")


def split(text: str) -> list[str]:
    """The names in one line of a list, each as `names.author` understands it; see `listed`."""
    return listed(text)[0]


def listed(text: str) -> tuple[list[str], str]:
    """The names in one cell or line, and what is doubtful about them, else an empty text.

    Between names are semicolons, bars, `、`, ` · `, ` / `, line ends, else `and`, `&` and commas;
    or it is a list of Python or JSON. A comma stands between names, or turns one round: what the
    parts between commas look like decides, as in `Ada Lee, Bo Li`, `Lee, A., & Li, B.`, `Lee, Ada`
    and `Lee, Ada, Bo Li, and Cy Ng`. Left out are addresses of e-mail, affiliations in brackets,
    marks and numbers of footnotes, and `et al.`
    """
    lines = text.replace("\t", "\n").splitlines()
    text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
    if _QUOTING.match(text):
        if quoted := quoted_names(text):
            return quoted, ""
        text = text.strip("[]")
    if re.match('"[^"]+"', text) and text.count('"') > 3:
        return quoted_names(text), ""  # "Lee, Ada" <ada@ant.example>, "Li, Bo" <bo@ant.example>
    text = _DOT.sub("、", author_texts.bare(text))
    for mark in (";", "|", "、", "，", " · ", "•", " / ", "·"):
        parts = text.split(mark) if mark in text else []
        if parts and (mark != "·" or all(" " in part.strip() for part in parts)):
            return _named(_last_joined(turned_apart(_without_places(parts))))
    if "\n" in text and _is_one_a_line(text.split("\n")):
        return _named(_without_places(text.split("\n")))
    parts = list(_parts(text))
    if not any("," in part for part in parts):
        if len(parts) == 1 and _EAST_ASIAN.fullmatch(text):
            return _eastern(text)
        glued = _JOINT.split(text) if len(parts) == 1 else parts
        return _named(glued if all(" " in part.strip() for part in glued) else parts)
    chunks = [pieces_of(part) for part in parts]
    pieces = [piece for chunk in chunks for piece in chunk]
    if len(chunks) == 1 and len(pieces) == 2 and any(map(_COINED.fullmatch, pieces)):
        return _named(pieces)
    is_series = len(pieces) > 3 and all(map(_SINGLE.fullmatch, pieces[:-1]))
    if is_series and GROUP.search(pieces[-1]):
        return [text], ""  # Insects, Birds, Bees, and Bats Working Group
    if BODY.match(text):  # Ministry of Health, Labour and Welfare
        return _named(pieces)[0], _UNSURE
    if len(pieces) > 2 and not any(" " in piece or "." in piece for piece in pieces):
        named, _ = _named(pieces)
        if len(chunks) == 2 and len(chunks[1]) == 1:
            return named, _UNSURE  # Aristotle, Plato, and Socrates
    if all(map(is_whole_name, pieces)):
        named, doubt = _named(pieces)
        places = [name for name in named if PLACE.search(name)]
        if not doubt and places and len(places) < len(named):
            doubt = f"“{places[0][:60]}” looks like an affiliation"
        return named, doubt
    if len(chunks) == 1 and len(pieces) == 2 and is_whole_name(pieces[0]) and is_place(pieces[1]):
        if GROUP.search(pieces[0]) or PLACE.search(pieces[0]) or BODY.match(pieces[0]):
            return _named(pieces)
        return _named(pieces[:1])[0], f"“{pieces[1][:60]}” looks like an affiliation"
    if 2 * sum(len(chunk) == 2 for chunk in chunks) > len(chunks):
        return _named(map(", ".join, chunks))
    if len(pieces) > 2 and (pairs := paired(pieces)):
        return _named(pairs)
    if len(pieces) > 2 and is_turned(*pieces[:2]) and all(map(is_whole_name, pieces[2:])):
        return _named([", ".join(pieces[:2]), *pieces[2:]])  # Lee, Ada, Bo Li, and Cy Ng
    if len(chunks) > 1 and all(len(chunk) < 3 for chunk in chunks) and not _is_series(chunks):
        named, other = _named(map(", ".join, chunks))
        sure = all(len(chunk) == 2 or is_whole_name(chunk[0]) for chunk in chunks if chunk)
        return named, other if sure else _UNSURE
    wholes = sum(map(is_whole_name, pieces))
    if not wholes and len(chunks) == 1 and len(pieces) % 2 == 0:
        pieces = [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]
    named, _ = _named(pieces)
    is_sure = 2 * wholes > len(pieces) and not any(map(is_place, pieces))
    return named, "" if is_sure else _UNSURE


def pairs_of_names(cells: Iterable[str]) -> frozenset[str]:
    """Cells of one column that are two single names each, `Plato, Aristotle`, and no name turned.

    The column says so: many of the others have names as they are spoken, `Ada Lee, Bo Li`, fewer
    have them turned, and none of them knows the parts as those of one name.
    """
    cells = list(dict.fromkeys(cells))
    pairs = {cell: [piece.strip() for piece in cell.split(",")] for cell in cells}
    pairs = {
        cell: pieces
        for cell, pieces in pairs.items()
        if len(pieces) == 2 and all(map(_SINGLE.fullmatch, pieces))
    }
    spoken, turned_round, words = 0, 0, set[str]()
    for cell in cells if pairs else ():
        people = turned(listed(cell)[0]) if cell not in pairs else ()
        spoken += any("," not in name and " " in name for name in people)
        turned_round += any("," in name for name in people)
        words.update(word for name in people for word in re.split("[ ,]+", name))
    if spoken <= turned_round or spoken < 2 * len(pairs):
        return frozenset()
    return frozenset(cell for cell, pieces in pairs.items() if not words.intersection(pieces))


_SINGLE: Final = re.compile(r"[^\W\d_a-z][^\W\d_.A-Z]{2,}")
_UNSURE: Final = "it does not say where a name ends"

_AND: Final = re.compile(r"\s(?:and|AND|&|with|und|et|\+)\s|(?<=,)(?:and|&)\s|\n")
_AND_ABROAD: Final = re.compile(r"\s(?:y|e|i|и|og|och|en)\s")
_QUOTING: Final = re.compile(r"\[|\{|(?:c|array|list)?\([\[\s]?[\"']")
_EAST_ASIAN: Final = re.compile(
    r"[\u4e00-\u9fff\uac00-\ud7a3]{2,4}(?:[ /][\u4e00-\u9fff\uac00-\ud7a3]{2,4})+"
)
_DOT: Final = re.compile(
    r"(?<=[\uac00-\ud7a3])\s?[·・ㆍ]\s?(?=[\uac00-\ud7a3])"
    r"|(?<=[\u4e00-\u9fff])\s?・\s?(?=[\u4e00-\u9fff])"
)
"""Between names of Korea or Japan; within others it stands too: `约翰·史密斯`."""

_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙孫馬鄭"
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구"
)
"""Common ones of China and Korea: `李明 王芳` are two people, `山田 太郎` is one."""

_COINED: Final = re.compile(
    r"\w*[a-z]AI|[A-Z]\w+[a-z][A-Z]{2,}|Google|Microsoft|NVIDIA|Nvidia|DeepMind|Anthropic"
)
"""Companies that sign papers."""
_JOINT: Final = re.compile(r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?=[A-Z])")
"""Where Springer's tables have nothing between two names: `Ada LeeBo Li`."""


def _parts(text: str) -> Iterator[str]:
    """What stands between the lines and every `and`, in any language, but the `and` in a name.

    `Centers for Disease Control and Prevention` has one, so have `José Ortega y Gasset` and `Moth
    and Wasp Consortium`.
    """
    before, is_group = "", GROUP.search(text[-LONGEST_NAME:]) is not None
    for part in filter(lambda each: each.strip(" ,"), _AND.split(text)):
        is_one = (" " not in part.strip() and BODY.match(before)) or (
            is_group and not re.search("[ ,]", before)
        )
        if before and not is_one:
            yield from _abroad(before)
        before = f"{before} and {part}" if before and is_one else part
    yield from _abroad(before)


def _abroad(part: str) -> list[str]:
    match = _AND_ABROAD.search(part)
    if not match or _AND_ABROAD.search(part, match.end()):
        return [part]
    before, after = part[: match.start()], part[match.end() :]
    last, first = before.rpartition(",")[2].strip(), after.partition(",")[0].strip()
    is_sure = (" " in last and " " in first) or (last.endswith(".") and "," in after)
    return [before, after] if is_sure else [part]


def _is_one_a_line(lines: list[str]) -> bool:
    """Whether a line has no more than a name: `Moth, Ida`, or `Ida Moth, Ant University`."""
    cut = [line.partition(",") for line in lines]
    return all(
        rest.strip()
        and "," not in rest
        and not (is_whole_name(name) and is_whole_name(rest.strip()) and not PLACE.search(rest))
        if comma
        else True
        for name, comma, rest in cut
    )


def _eastern(text: str) -> tuple[list[str], str]:
    """Names in Han or Hangul with spaces or bars between; two words are more often one name."""
    names = re.split(r"[ /]", text)
    if len(names) == 2 and "/" not in text and not _SURNAMES.issuperset(name[0] for name in names):
        return [text], ""
    return names, "" if "/" in text else _UNSURE


_ADDRESSED: Final = re.compile(
    r"\A(?:(?:and|&)\s+)?(?:(?:for|on behalf of)\s+(?:the\s+)?)?"
    r"(?:(?:[Dd]r|[Pp]rof|Mr|Mrs|Ms)\.?\s+){0,3}"
)
_TITLED: Final = re.compile(r"\s(?:Ph\.?\s?D\.?|D\.?Phil\.?|FRS|MSc)\Z")
_GLUED: Final = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z][a-z])")


def _is_series(chunks: list[list[str]]) -> bool:
    """`A, B and C`: one `and`, before the last of at least three that are no `Last, First`."""
    return len(chunks) == 2 and len(chunks[1]) == 1 and any(map(is_whole_name, chunks[0]))


def _last_joined(parts: list[str]) -> list[str]:
    """The parts, the last cut where it holds two: `Lee, Ada; Li, Bo and Ng, Cy`."""
    parts = [part for part in parts if part.strip(" ,")]
    ends = _AND.split(parts[-1]) if parts else []
    sure = all("," in end for end in ends) or all(is_whole_name(end.strip()) for end in ends)
    return [*parts[:-1], *ends] if sure else parts


def _without_places(parts: list[str]) -> list[str]:
    """Each part as the name before its affiliation: `Ada Lee, Ant University`."""
    cut = [part.strip().partition(",") for part in parts]
    told = [is_whole_name(name) and not PLACE.search(name) for name, _, _ in cut]
    if not any(
        is_whole and is_place(rest) for is_whole, (_, _, rest) in zip(told, cut, strict=True)
    ):
        return parts
    return [
        name if is_whole else part
        for part, is_whole, (name, _, _) in zip(parts, told, cut, strict=True)
    ]


def _named(parts: Iterable[str]) -> tuple[list[str], str]:
    """The parts that are names; what is none of them is left out, and said."""
    named, doubt = [], ""
    for part in parts:
        part = _TITLED.sub("", _ADDRESSED.sub("", part.strip(" \n,;:"))).strip(" ,")
        if len(part) > LONGEST_NAME or re.search(r"[@<>=]|://", part):
            doubt = f"“{part[:60]}” is no name"
            continue
        name = _DASHED.split(part, maxsplit=1)[0]
        if name != part:
            part, doubt = name, f"“{part[:60]}” has more than a name"
        if part and not NOBODY.fullmatch(part):
            named.append(_GLUED.sub(". ", part))
    return named, doubt
