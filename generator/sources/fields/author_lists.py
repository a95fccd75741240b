"""Lists of authors in one cell or line, in any of the ways that people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from generator.sources.fields import author_texts
from generator.sources.references import signed

LONGEST_NAME: Final = 200
"""Characters; what is longer in a list of names is text of another kind."""

_DASHED: Final = re.compile(r"\s+[-–—]\s+")
_SUFFIX: Final = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|inc|ltd|llc|gmbh|co|corp)\.?", re.IGNORECASE
)
_NOBODY: Final = re.compile(
    r"[\W_]*|(?:and\s+)?(?:others?|et\.?\s*al\.?|n/?a|none|null|nan|unknown|tb[acd])\.?"
    r"|no\s+authors?(?:\s+listed)?|\d+\s+authors?",
    re.IGNORECASE,
)


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
        if quoted := _quoted(text):
            return quoted, ""
        text = text.strip("[]")
    if re.match('"[^"]+"', text) and text.count('"') > 3:
        return _quoted(text), ""  # "Lee, Ada" <ada@ant.example>, "Li, Bo" <bo@ant.example>
    text = _DOT.sub("、", author_texts.bare(text))
    for mark in (";", "|", "、", "，", " · ", "•", " / ", "·"):
        parts = text.split(mark) if mark in text else []
        if parts and (mark != "·" or all(" " in part.strip() for part in parts)):
            return _named(_last_joined(_turned_apart(_without_places(parts))))
    if "\n" in text and _is_one_a_line(text.split("\n")):
        return _named(_without_places(text.split("\n")))
    parts = list(_parts(text))
    if not any("," in part for part in parts):
        if len(parts) == 1 and _EAST_ASIAN.fullmatch(text):
            return _eastern(text)
        glued = _JOINT.split(text) if len(parts) == 1 else parts
        return _named(glued if all(" " in part.strip() for part in glued) else parts)
    chunks = [_pieces(part) for part in parts]
    pieces = [piece for chunk in chunks for piece in chunk]
    if len(chunks) == 1 and len(pieces) == 2 and any(map(_COINED.fullmatch, pieces)):
        return _named(pieces)
    is_series = len(pieces) > 3 and all(map(_SINGLE.fullmatch, pieces[:-1]))
    if is_series and _GROUP.search(pieces[-1]):
        return [text], ""  # Insects, Birds, Bees, and Bats Working Group
    if _BODY.match(text):  # Ministry of Health, Labour and Welfare
        return _named(pieces)[0], _UNSURE
    if len(pieces) > 2 and not any(" " in piece or "." in piece for piece in pieces):
        named, _ = _named(pieces)
        if len(chunks) == 2 and len(chunks[1]) == 1:
            return named, _UNSURE  # Aristotle, Plato, and Socrates
    if all(map(_is_whole, pieces)):
        named, doubt = _named(pieces)
        places = [name for name in named if _PLACE.search(name)]
        if not doubt and places and len(places) < len(named):
            doubt = f"“{places[0][:60]}” looks like an affiliation"
        return named, doubt
    if len(chunks) == 1 and len(pieces) == 2 and _is_whole(pieces[0]) and _is_place(pieces[1]):
        if _GROUP.search(pieces[0]) or _PLACE.search(pieces[0]) or _BODY.match(pieces[0]):
            return _named(pieces)
        return _named(pieces[:1])[0], f"“{pieces[1][:60]}” looks like an affiliation"
    if 2 * sum(len(chunk) == 2 for chunk in chunks) > len(chunks):
        return _named(map(", ".join, chunks))
    if len(pieces) > 2 and (paired := _paired(pieces)):
        return _named(paired)
    if len(pieces) > 2 and _is_turned(*pieces[:2]) and all(map(_is_whole, pieces[2:])):
        return _named([", ".join(pieces[:2]), *pieces[2:]])  # Lee, Ada, Bo Li, and Cy Ng
    if len(chunks) > 1 and all(len(chunk) < 3 for chunk in chunks) and not _is_series(chunks):
        named, other = _named(map(", ".join, chunks))
        sure = all(len(chunk) == 2 or _is_whole(chunk[0]) for chunk in chunks if chunk)
        return named, other if sure else _UNSURE
    wholes = sum(map(_is_whole, pieces))
    if not wholes and len(chunks) == 1 and len(pieces) % 2 == 0:
        pieces = [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]
    named, _ = _named(pieces)
    is_sure = 2 * wholes > len(pieces) and not any(map(_is_place, pieces))
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

_GROUP: Final = re.compile(
    r"\b(?:group|collaboration|consortium|team|committee|society|association|initiative|network"
    r"|foundation|council|investigators|task force|alliance|agency|organi[sz]ation)\Z",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"\A(?:the |us |u\.s\. |national |international |european |american |federal ){0,3}"
    r"(?:institute|ministry|department|cent(?:er|re)s?|academ(?:y|ies)|association|society|office"
    r"|council|committee|board|faculty|bureau|commission|organi[sz]ation|federation|union|agency)"
    r" (?:of|for|on)\b",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?=[A-Z])")
"""Where Springer's tables have nothing between two names: `Ada LeeBo Li`."""


def _parts(text: str) -> Iterator[str]:
    """What stands between the lines and every `and`, in any language, but the `and` in a name.

    `Centers for Disease Control and Prevention` has one, so have `José Ortega y Gasset` and `Moth
    and Wasp Consortium`.
    """
    before, is_group = "", _GROUP.search(text[-LONGEST_NAME:]) is not None
    for part in filter(lambda each: each.strip(" ,"), _AND.split(text)):
        is_one = (" " not in part.strip() and _BODY.match(before)) or (
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
        and not (_is_whole(name) and _is_whole(rest.strip()) and not _PLACE.search(rest))
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


_PERSON: Final = re.compile(r"\{([^{}]*)\}")
_STRING: Final = r"""'((?:[^'\\]|\\.)*+)(?:'|\Z)|"((?:[^"\\]|\\.)*+)(?:"|\Z)"""
_STRINGS: Final = re.compile(_STRING)
_KEYED: Final = re.compile(rf"""["'](\w+)["']\s?:\s?(?:{_STRING})""")


def _quoted(text: str) -> list[str]:
    """The names of a list as Python, JSON or R write it; none where nothing is in quotes."""
    people = [each for each in _PERSON.findall(text) if _KEYED.search(each)]
    if not people:
        found = [one or other for one, other in _STRINGS.findall(text)]
        return [re.sub(r"\\(.)", r"\1", name) for name in found]
    named = ({key: one or other for key, one, other in _KEYED.findall(each)} for each in people)
    return [name for person in named if (name := _name(person))]


def _name(person: Mapping[str, object]) -> str:
    """The name of a person whose parts are keyed, as `names.author` understands it, or nothing."""
    author = signed(dict(person))
    if not author or not author.family or not author.name.endswith(f" {author.family}"):
        return author.name if author else ""
    return f"{author.family}, {author.name.removesuffix(author.family).strip()}"


_INITIALS: Final = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]\.?[ -]?){1,4}")
_ENDS_IN_INITIALS: Final = re.compile(r"\s[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]{1,3}\.?\Z")
_ADDRESSED: Final = re.compile(
    r"\A(?:(?:and|&)\s+)?(?:(?:for|on behalf of)\s+(?:the\s+)?)?"
    r"(?:(?:[Dd]r|[Pp]rof|Mr|Mrs|Ms)\.?\s+){0,3}"
)
_TITLED: Final = re.compile(r"\s(?:Ph\.?\s?D\.?|D\.?Phil\.?|FRS|MSc)\Z")
_GLUED: Final = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z][a-z])")
_LAST_FIRST: Final = re.compile(
    r"([^,.]*(?:[^\W\d_A-Z]|[A-Z]{2})[^,.]*) (?![A-Z]{4})((?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]\.?[ -]?){1,4})"
)
_SHOUTED: Final = re.compile(
    r"([A-ZÀ-ÖØ-Þ'’-]{2,}(?: [A-ZÀ-ÖØ-Þ'’-]{2,})*)((?: [A-ZÀ-ÖØ-Þ][^\W\d_A-Z]+(?:-[^\W\d_]+)?)+)"
)
"""Of France: `MOTH Ida`."""

_STOP: Final = re.compile(r"(?<=[^\W\d_]{2})\.\Z")  # of the list, behind `AB` without stops
_PARTICLE: Final = re.compile(
    r"(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|ter|ten|zu|al)\b"
)
_PLACE: Final = re.compile(
    r"\b(?:universi\w*|institut\w*|laborator\w*|labs?|department|dept|college|school|faculty|inc"
    r"|academy|hospital|research|cent(?:er|re)|polytechnic\w*|hochschule|corporation|google"
    r"|microsoft|nvidia|meta ai|deepmind)\b|大学|大學|学院|研究",
    re.IGNORECASE,
)


def _pieces(part: str) -> list[str]:
    """What commas divide, a `Jr.` with the name before it."""
    pieces: list[str] = []
    for piece in filter(None, (piece.strip() for piece in part.split(","))):
        if pieces and _SUFFIX.fullmatch(piece):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    return pieces


def _is_whole(piece: str) -> bool:
    """Whether it is a whole name and no half of one: `Ada Lee`, `A.Lee`, `王伟`, `...`."""
    return (
        (" " in piece and not _INITIALS.fullmatch(piece) and not _is_half(piece))
        or re.match(r"[^\W\d_]\.[^\W\d_]{2}", piece) is not None
        or re.fullmatch(r"[\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7a3]{2,}", piece) is not None
        or _NOBODY.fullmatch(piece) is not None
    )


def _is_half(piece: str) -> bool:
    """`van den Berg`, but not `van den Berg A`."""
    return bool(_PARTICLE.match(piece)) and not _ENDS_IN_INITIALS.search(piece)


def _paired(pieces: list[str]) -> list[str]:
    """`Lee, A., Li, B. C.` in pairs, where every second part is initials; else nothing."""
    last, first = pieces[::2], pieces[1::2]
    if len(last) != len(first) or any(map(_INITIALS.fullmatch, last)):
        return []
    told = [_INITIALS.fullmatch(each) or _ENDS_IN_INITIALS.search(each) for each in first]
    if all(told) or (any(told) and not any(map(_is_whole, last))):
        return [", ".join(pair) for pair in zip(last, first, strict=True)]
    return []


def turned(listed: list[str]) -> list[str]:
    """Names that all have their initials last, `Lee AB` or `Lee A. B.`, as `Lee, AB`; else as they
    are. Citations write them so, and Scopus and PubMed do.
    """
    people = [name for name in listed if not _GROUP.search(name)]
    if 0 < len(people) < len(listed):
        found = iter(turned(people))
        return [name if _GROUP.search(name) else next(found) for name in listed]
    told = [_LAST_FIRST.fullmatch(name) for name in listed]
    if not all(told):
        shouted = [_SHOUTED.fullmatch(name) for name in listed]
        sure = all(shouted) and any(len(each[1]) > 3 for each in shouted if each)
        return [f"{each[1]},{each[2]}" for each in shouted if each] if sure else listed
    sizes = [len(each[2]) for each in told if each]
    is_shouted = all(each[1].isupper() for each in told if each)
    if (
        min(sizes, default=1) > 1
        and max(sizes) > (1 if is_shouted else 2)
        and "." not in "".join(listed)
    ):
        return listed  # ADA LEE, BO NG
    if len(listed) > 1 and "." not in "".join([*listed[:-1], listed[-1][:-1]]):
        told[-1] = _LAST_FIRST.fullmatch(listed[-1].removesuffix("."))  # that ends the list
    return [f"{each[1]}, {_STOP.sub('', each[2])}" for each in told if each]


def _is_turned(last: str, first: str) -> bool:
    """`Lee`, `Ada` and `Lee`, `Ada B.`"""
    return not _is_whole(last) and not (_is_whole(first) and not _ENDS_IN_INITIALS.search(first))


def _is_series(chunks: list[list[str]]) -> bool:
    """`A, B and C`: one `and`, before the last of at least three that are no `Last, First`."""
    return len(chunks) == 2 and len(chunks[1]) == 1 and any(map(_is_whole, chunks[0]))


def _last_joined(parts: list[str]) -> list[str]:
    """The parts, the last cut where it holds two: `Lee, Ada; Li, Bo and Ng, Cy`."""
    parts = [part for part in parts if part.strip(" ,")]
    ends = _AND.split(parts[-1]) if parts else []
    sure = all("," in end for end in ends) or all(_is_whole(end.strip()) for end in ends)
    return [*parts[:-1], *ends] if sure else parts


def _without_places(parts: list[str]) -> list[str]:
    """Each part as the name before its affiliation: `Ada Lee, Ant University`."""
    cut = [part.strip().partition(",") for part in parts]
    told = [_is_whole(name) and not _PLACE.search(name) for name, _, _ in cut]
    if not any(
        is_whole and _is_place(rest) for is_whole, (_, _, rest) in zip(told, cut, strict=True)
    ):
        return parts
    return [
        name if is_whole else part
        for part, is_whole, (name, _, _) in zip(parts, told, cut, strict=True)
    ]


def _turned_apart(parts: list[str]) -> list[str]:
    """The parts, those cut that are several names: `Lee A, Li B` in `Lee A, Li B; Ant Group`."""
    cut = [part.split(",") for part in parts]
    return [
        piece
        for part, pieces in zip(parts, cut, strict=True)
        for piece in (
            pieces if all(_LAST_FIRST.fullmatch(each.strip()) for each in pieces) else [part]
        )
    ]


def _is_place(text: str) -> bool:
    """Whether it is an affiliation, or a part in it: `Ant University`, `MIT`, `Kew Gardens, UK`."""
    places = [place for place in text.split(",") if not _SUFFIX.fullmatch(place.strip())]
    return (
        _PLACE.search(text) is not None
        or re.fullmatch(r"\s*[A-Z]{3,}\s*", text) is not None
        or re.fullmatch(r"\s*(?:presenting author|presenter|speaker|chair)\s*", text) is not None
        or (len(places) > 1 and not _INITIALS.fullmatch(places[0].strip()))
    )


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
        if part and not _NOBODY.fullmatch(part):
            named.append(_GLUED.sub(". ", part))
    return named, doubt
