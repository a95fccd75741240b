"""How much a line or a paragraph reads like a title, an abstract, or neither."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

# Not behind `vs.`, `et al.` or an initial.
_END: Final = re.compile(
    r"(?<![A-Z])(?<!\bvs)(?<!\bal)(?<!\betc)(?<!\bDr)(?<!\be\.g)(?<!\bi\.e)"
    r"[.!?…。！？][”\"’')\]]*(?=\s+[A-Z“\"'(\[]|$)|[。！？]"
)
_OPENING: Final = re.compile(
    r"(?:we|our|this (?:paper|work|study|article|report|survey|thesis)|these|they|there (?:is|are)"
    r"|in this|it (?:is|has|was)|here,? we|abstract\b|despite|although|while|recent(?:ly)?,?)\s",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    r"(?:(?:our |the |all |source |its )*(?:code|data|datasets?|models?|weights|demos?|videos?"
    r"|project(?: page| website)?|implementation|checkpoints?)\b[^.]{0,60}"
    r"\b(?:is|are|will be|can be|available)\b.{0,40}(?:https?:|\b(?:available|released|open|found"
    r"|provided|accessible|public\w*|here|at|from|on)\b)"
    r"|(?:accepted|to appear|published|presented|submitted|appeared|forthcoming)\b.{0,20}"
    r"\b(?:at|in|to|by|as)\b"
    r"|(?:comments?|keywords?|index terms|subjects?|categories|journal|doi|note|tl;?dr)\s*:"
    r"|(?:code|project(?: page)?|data|demo|website|paper|pdf)\s*:?\s*https?://"
    r"|\d+ pages\b|https?://\S+$)",
    re.IGNORECASE,
)
_SCHOLARLY: Final = re.compile(
    r"\b(?:we|this (?:paper|work|study|article|survey|thesis|report|letter|note)|the authors"
    r"|our (?:method|approach|model|framework|system|results?|experiments?|findings|analysis|work"
    r"|code|benchmark|dataset|evaluation|contributions?))\b[^.]{0,60}?"
    r"\b(?:propos|present|introduc|show|stud[iy]|investigat|develop|demonstrat|find that|describ"
    r"|explor|evaluat|report|conduct|train|releas|prov[ei]|analy[sz]|argue|examin|review|survey"
    r"|outperform|achiev|design|address|compar|deriv|establish|formulat|construct|reveal|measur"
    r"|improv|highlight|benchmark|tackle|ask)\w*"
    r"|\bstate[- ]of[- ]the[- ]art\b|\boutperform\w*|\bexperiments? (?:on|show|with|demonstrate)"
    r"|\bbenchmarks?\b|\bbaselines?\b|\bablation\b|\bempirical(?:ly)?\b|\bin this (?:paper|work)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 12)
def likeness(text: str) -> float:
    """How much more a text reads like a title than like a paragraph: from about 4 down to -12."""
    words = text.split(None, 300)
    count = len(words)
    if count > 60 or len(text) > 500:
        return -12.0
    score = 1.0 if 4 <= count <= 16 else 0.5 if count < 4 else 0.0
    score -= 5.0 if count > 35 else 2.5 if count > 25 else 0.0
    share = capitals(text)
    if share is not None:
        score += 4 * (share - 0.45)
    is_titled = share is not None and share > 0.6
    ends = len(_END.findall(text))
    closes = text[-1:] in ".。" or text.endswith((".”", '."'))
    score -= (0.3 if is_titled else 1.5) * min(max(ends - closes, 0), 3)
    score -= (0.5 if is_titled else 1.5) * closes
    if _OPENING.match(text):
        score -= 3.0
    if is_remark(text):
        score -= 6.0
    if not text.isascii():
        han = sum("\u3040" <= character <= "\u9fff" for character in text)
        score -= 4.0 if han > 60 else 0.0
    return score


def capitals(text: str) -> float | None:
    """The share of capitalized words among those that titles capitalize; `None` where too few."""
    words = text.split(None, 60)[:60]
    content = [
        word
        for before, word in pairwise(words)
        if sum(map(str.isalpha, word)) >= 4 and not before.endswith((".", "?", "!", "。"))
    ]
    if len(content) < 2:
        return None
    return sum(any(map(str.isupper, word)) for word in content) / len(content)


def is_remark(text: str) -> bool:
    """Whether it is what stands below an abstract: `Code is available at …`, `Accepted at …`."""
    return len(text) < 300 and _REMARK.match(text) is not None


def is_scholarly(text: str) -> bool:
    """Whether a paragraph says what abstracts say: `We propose …`, `This study compares …`."""
    return _SCHOLARLY.search(text) is not None
