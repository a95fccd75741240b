/* What the build and these scripts must know alike: made from the Python that says it, by
   `python -m tests.scripts.constants`. */

/** Of the format of the index. */
export const VERSION = 4;

/** Bytes of a digest that name a file of the index. */
export const NAME = 6;

/** The texts of a paper in a pack of citations. */
export const CITED = ["references", "bib", "ris", "csl.json"];

/** What a file of citations begins with, has between two, and ends with. @type {Record<string, string[]>} */
export const FRAMES = {"csl.json": ["[\n", ",\n", "\n]\n"]};

/** Words of a query that are looked for. */
export const MOST_WORDS = 200;

/** Stars in one of them. */
export const MOST_STARS = 4;

/** What `has:` asks for: kinds of links. */
export const HAS = ["code", "pdf"];

/** Of fields. @type {Record<string, string>} */
export const OTHER_NAMES = {"author": "authors", "topic": "topics", "tag": "topics", "abs": "abstract", "conference": "venue"};

/** A pattern of what `year:` takes. */
export const YEARS = "(\\d{4})\\.\\.(\\d{4})?|\\.\\.(\\d{4})|(>=?|<=?)(\\d{4})";

/** Patterns of ids as people type them, in lower case. */
export const IDS = ["(?:arxiv:\\s*|https?://(?:www\\.)?arxiv\\.org/(?:abs|pdf|html)/)?([0-9]{4}\\.[0-9]{4,5}|[a-z-]+(?:\\.[a-z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\\.pdf)?", "(?:doi:\\s*|https?://(?:dx\\.)?doi\\.org/)?(10\\.[0-9]{4,9}/\\S+)", "(?:https?://(?:www\\.)?aclanthology\\.org/)?([a-z][0-9][0-9]-[0-9]{4}|[0-9]{4}\\.[a-z0-9]+-[a-z0-9]+\\.[0-9]+)(?:\\.pdf|/)?"];

/** Letters that are written without spaces, in a class of a pattern. */
export const TOGETHER = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ud840\udc00-\ud8bf\udfff";

/** Letters that are written out. @type {Record<string, string>} */
export const PLAIN = {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u0127": "h", "\u0131": "i", "\u03c2": "\u03c3", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00fe": "th", "\u014b": "ng"};
