"""Which encoding bytes without a declaration are in, told by the text that each would make of them.

Text of one language is made of few letters: those that a decoding gives are counted. Where no other
encoding fits clearly better, it is Windows-1252.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

USUAL: Final = "cp1252"

SAMPLE: Final = 8192
"""Bytes that are enough to tell an encoding."""

NAMES: Final = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp1251": "Windows-1251",
    "koi8_r": "KOI8-R",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp874": "Windows-874",
    "gb18030": "GBK",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
}
"""The encodings that are told apart, by their names in Python, those first that win a draw."""

_LATIN: Final = frozenset(("cp1252", "cp1250", "cp1254", "mac_roman", "cp850"))
_KANA: Final = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
_HAN: Final = (
    "的一是不了在人有我他中上大到以要出可也生能而子那得下自之年用道行所家成方多法如都同面起看定天分小部"
    "其主本前因只想日者意力公此已工使情明性知全三又正外由最重手向文美相被利什二等或新己身果加西月合回特代"
    "内信表化老位次度先海通教原立及比水名真至路走入口平系更打女四神何安少反受目太量再建接必件管期市直德命"
    "山金指支保形社便空治科司五基非光放且思王完式色路南品住告求据程北取望切知推交互映像模型自然定理解析研究"
    "方法用言文字作者期刊李高林江石孔方元感情图書実験評価予測認識生成対話検索機械翻訳画像音声学習情報処理"
)
_WESTERN: Final = "éüöäáíóñèçãøåÉÜÖÄßêôæúëïàÇÅØ"
_COMMON: Final = {
    "cp1252": _WESTERN,
    "cp1250": "łąęśżźćńóŁŚŻĆčřšžěůýáíéŠČŽőűățş",
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ",
    "koi8_r": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ",
    "cp1253": "αοιετσνηυρπκμλςδγωχθφβξζψάέήίόύώϊϋ",
    "cp1254": "ışğüöçİĞŞÜÖÇâîû",
    "cp1255": "יוהלאתרמשבנחעדקצפגכטזסםןךףץ",
    "cp1256": "اليمنرتوهبدسعحكقفجشصطخضثزغظذءىئةأإآؤپچگ",
    "cp874": "านรกอเงมยลวดทสตะปบคหแจพชขใไโผซธถฟณญศษ่้ัิีืุู์็ำ",
    "gb18030": _HAN + "这个们来为国地说时会对着过发后里然种事经么去学当没动进好还些样理心她开"
    "但从实无它与长把机十民第关点业将"
    "两间问很物应战头体政见产制斯话给世任常儿东声提员解论处义各几认条题活尔别变总电数报才结务做场计资区队决展"
    "马眼书则听却达强即难权象设记类边死张该规万拉格觉术领共确传师观清今院让识候带导争运算网络深优据析究智统语"
    "标题摘要键词刘陈杨黄赵吴周徐孙型图像别动应检测强训练预生视频多模态大语言推荐神经对抗迁移半监督无端到鲁棒",
    "big5": _HAN + "這個們來為國地說時會對著過發後裡然種事經麼去學當沒動進好還些樣理心她開"
    "但從實無它與長把機十民第關點業將"
    "兩間問很物應戰頭體政見產制斯話給世任常兒東聲提員解論處義各幾認條題活爾別變總電數報才結務做場計資區隊決展"
    "馬眼書則聽卻達強即難權象設記類邊死張該規萬拉格覺術領共確傳師觀清今院讓識候帶導爭運算網路深優據析究智統語"
    "標題摘要鍵詞劉陳楊黃趙吳周徐孫型圖像別動應檢測強訓練預生視頻多模態大語言推薦神經對抗遷移半監督無端到",
    "cp932": _KANA + _HAN,
    "euc_jp": _KANA + _HAN,
    "cp949": "이다의에는을가은한로고기사지자하인대서시정어수해그리도나라아들"
    "보만있스과일부상제구적전여게조장으성동유선주"
    "면연학문계것용관원통화분간방식세반치비신모생발심명러실우오안법력물데터와본론저목초록습델반최박김강윤임권황송",
}
"""Letters that texts of these encodings are mostly made of."""

_WORDS: Final = frozenset(("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874"))
_WORD: Final = re.compile(
    "[А-ЯЁІЇЄ]?[а-яёіїєў]+|[А-ЯЁІЇЄ]+|[Α-ΩΆΈΉΊΌΎΏ]?[α-ωάέήίόύώϊϋΐΰ]+|[Α-ΩΆΈΉΊΌΎΏ]+"
    "|[\u05d0-\u05ea\u05f0-\u05f4]+|[\u0621-\u0652\u067e\u0686\u06af،؛؟]+|[\u0e01-\u0e5b]+"
)
_EASTERN: Final = re.compile("[\u3041-\u30fe\u4e00-\u9fff\uac00-\ud7a3、。，：；（）「」《》]")
_HIGH: Final = re.compile(r"[^\x00-\x7f]+")
_SUPERSCRIPTS: Final = "¹²³"
_OPENING: Final = "“‘„‚«¿¡‹"
_CLOSING: Final = "”»…›"
_MARKS: Final = frozenset("’´–—•·°µ±€§©®™×\u00a0" + _OPENING + _CLOSING)
"""What texts in Latin letters have between words."""

_TURKISH: Final = frozenset(_COMMON["cp1254"])
"""The one alphabet in Latin letters that has several such in a row."""

_FITTING: Final = 0.9
"""The share of letters in their place from which Windows-1252 is not doubted."""


FREQUENT: Final = 14
"""Letters of an alphabet that most of a text in it are."""


def guessed(rows: Iterable[bytes]) -> str:
    """The encoding, by its name in Python, of lines that are no UTF-8."""
    sample = b"\n".join(rows)[:SAMPLE]
    best, most = USUAL, _share(sample, USUAL)
    for name in NAMES if most < _FITTING else ():
        share = _share(sample, name)
        if share > most + 0.1 * (best == USUAL):
            best, most = name, share
    return best


def wide(data: bytes) -> str:
    """The text of UTF-16 without the mark that says so; empty where it is none."""
    best, most = "", 0
    for name in ("utf-16-le", "utf-16-be"):
        sample = data[: min(SAMPLE, len(data) // 2 * 2)].decode(name, "replace")
        plain = sum(letter < "\x80" for letter in sample)
        if plain > max(most, len(sample) / 10) and not any(map(_is_none, set(sample[:-1]))):
            best, most = name, plain
    return data.decode(best, "replace") if best else ""


def _is_none(letter: str) -> bool:
    """Whether no text has it: a control, a private one, one that is not assigned."""
    return letter == "\ufffd" or (
        unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") and letter not in "\t\n\r\f\x1f"
    )


def _share(sample: bytes, name: str) -> float:
    """The share of letters beyond ASCII that stand where texts in this encoding have them."""
    text = sample.decode(name, "replace")
    runs = list(_HIGH.finditer(text))
    letters = sum(len(run[0]) for run in runs) or 1
    common = frozenset(_COMMON[name])
    most = frozenset(_COMMON[name][:FREQUENT])
    if name in _LATIN:
        return sum(_latin(text, run, common) for run in runs) / letters
    if name in _WORDS:
        return sum(_word(text, run, common, most) for run in runs) / letters
    return (
        sum(
            1.0 if letter in common else 0.5 if _EASTERN.match(letter) else 0
            for run in runs
            for letter in run[0]
            if len(run[0]) > 1  # half of which may be a letter of ASCII
        )
        / letters
    )


def _word(text: str, run: re.Match[str], common: frozenset[str], most: frozenset[str]) -> float:
    """How many letters of a run fit: those of a word with no capital within, nor ASCII beside."""
    beside = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
    if any(map(str.isalpha, beside)) or (len(run[0]) > 1 and not _WORD.fullmatch(run[0])):
        return 0
    letters = run[0].lower()
    return sum(1.0 if each in most else 0.7 if each in common else 0.3 for each in letters)


def _latin(text: str, run: re.Match[str], common: frozenset[str]) -> float:
    """How many letters of a run fit: no word has three with accents, nor a capital within."""
    if len(run[0]) > 2 and not any(all_of.issuperset(run[0]) for all_of in (_MARKS, _TURKISH)):
        return 0
    fitting = 0.0
    for place, letter in enumerate(run[0], run.start()):
        left, right = text[max(0, place - 1) : place], text[place + 1 : place + 2]
        if letter in "ªº":
            fitting += left.isdigit()
        elif letter.isalpha():
            if letter.islower() or not (left.islower() or (left.isupper() and right.islower())):
                fitting += 1.0 if letter in common else 0.8
        elif letter in _SUPERSCRIPTS:
            fitting += not re.search(r"[^\W\d_]{3}\Z", text[:place][-3:]) and not right.isalpha()
        elif letter in _OPENING:
            fitting += not left.isalpha()
        elif letter in _CLOSING:
            fitting += not right.isalpha()
        elif letter in _MARKS:
            fitting += 0.7 if left.isupper() and right.isupper() and letter != "’" else 1
    return fitting
