/* What somebody typed, made into a query that lunr's parser reads and what goes beyond lunr. */

import { HAS, IDS, MOST_STARS, MOST_WORDS, OTHER_NAMES, YEARS } from "./constants.js";
import { fold, foldSought, isTogether } from "./words.js";

const CHUNK = /([+-]?)(?:([\p{L}\p{Nl}\p{No}_]+):)?(?:"([^"]*)"?|([^\s"]+))([~^\d]*)|\S/gu;
const SUFFIX = /(?:[~^]\d*)+$/;
/** @param {string} pattern that the whole of a text must fit. */
const whole = (pattern) => new RegExp(`^(?:${pattern})$`);

const RANGE = whole(YEARS);
const ID_PATTERNS = IDS.map(whole);

/**
 * @typedef {{ words: string[], fields: string[], prohibited: boolean }} Phrase of folded words.
 *
 * @typedef {object} Filter of years, or `has`, one of the flags of the index.
 * @property {number} [from]
 * @property {number} [to]
 * @property {string} [has]
 * @property {boolean} prohibited
 *
 * @typedef {object} Query
 * @property {string[]} clauses
 * @property {string} text the clauses in a row, for lunr's own parser, which cannot fail there.
 * @property {Phrase[]} phrases
 * @property {Filter[]} filters
 * @property {string[]} words all that is looked for, folded.
 * @property {string | null} problem a sentence about the query.
 */

/**
 * Read a query as typed.
 *
 * @param {string} typed
 * @param {string[]} fieldNames that the index has.
 * @returns {Query}
 */
export function read(typed, fieldNames) {
  /** @type {Query} */
  const query = { clauses: [], text: "", phrases: [], filters: [], words: [], problem: null };
  const { clauses } = query;
  for (const [chunk, sign = "", name = "", phrase, plain, after = ""] of tidy(typed).matchAll(CHUNK)) {
    const field = fieldFor(name, fieldNames);
    if (plain !== undefined && addFilter(query, sign, name.toLowerCase(), plain)) continue;
    if (phrase === undefined && plain === undefined) continue; // a lone quotation mark
    // Of what is no field, "CodeGen2: Lessons" or "10.1038/x:y", every part is a word.
    const body = phrase ?? (name && !field ? `${name}:${plain}` : plain);
    const suffix = phrase === undefined ? (SUFFIX.exec(body)?.[0] ?? "") : after;
    if (name && !field && plain) query.problem ??= unknownField(chunk, name, fieldNames);
    const scope = field ? [field] : fieldNames;
    if (phrase !== undefined) addPhrase(query, phrase, scope, sign);
    if (phrase !== undefined && sign === "-") continue;
    for (const word of soughtWords(body.slice(0, body.length - (phrase === undefined ? suffix.length : 0)))) {
      if (sign !== "-") query.words.push(word.replaceAll("*", ""));
      const start = (phrase === undefined ? sign : "") + (field ? `${field}:` : "");
      clauses.push(start + word + allowed(suffix));
    }
  }
  if (clauses.length > MOST_WORDS) {
    query.problem = `Only the first ${MOST_WORDS} words were looked for.`;
    clauses.length = MOST_WORDS;
  }
  query.text = clauses.join(" ");
  return query;
}

/** @param {string} typed which gets the signs that queries are written with. */
const tidy = (typed) =>
  typed
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\p{Cc}\ufeff]/gu, " "); // spaces to some patterns, and not to others

/**
 * @param {string} name
 * @param {string[]} fieldNames
 */
function fieldFor(name, fieldNames) {
  const lower = name.toLowerCase();
  const known = Object.hasOwn(OTHER_NAMES, lower) ? OTHER_NAMES[lower] : lower;
  return fieldNames.includes(known) ? known : "";
}

/**
 * @param {string} chunk
 * @param {string} name
 * @param {string[]} fieldNames
 */
function unknownField(chunk, name, fieldNames) {
  if (/^(?:https?|doi|arxiv|hdl|urn|isbn)$/i.test(name)) return null;
  return `There is no field \u201c${name}\u201d, so \u201c${chunk}\u201d was looked for as words. Fields are ${fieldNames.join(", ")}, has.`;
}

/** @param {string} text of a piece of a query; in its words `*` stays where it stands for letters. */
function soughtWords(text) {
  const pieces = text.split(/\*+/).slice(0, MOST_STARS + 1);
  if (pieces.length === 1) return foldSought(text).split(" ").filter(Boolean);
  // A star belongs to the word it touches: `a-b*c` is `a` and `b*c`.
  const folded = pieces.map((piece, place) => {
    const inner = fold(piece);
    const before = place > 0 && /^[^\p{L}\p{N}]/u.test(piece) ? " " : "";
    const behind = place < pieces.length - 1 && /[^\p{L}\p{N}]$/u.test(piece) ? " " : "";
    return before + inner + behind;
  });
  return folded
    .join("*")
    .split(" ")
    .filter((word) => /[^*]/.test(word) || /^\*+$/.test(text));
}

/** @param {string} suffix such as `~1` and `^2`, for lunr's parser; of each the last, a lone sign not at all. */
function allowed(suffix) {
  const [distance] = [...suffix.matchAll(/~(\d+)/g)].slice(-1);
  const [boost] = [...suffix.matchAll(/\^(\d+)/g)].slice(-1);
  return (
    (distance ? `~${Math.min(Number(distance[1]), 2)}` : "") + (boost ? `^${Math.min(Number(boost[1]), 1000)}` : "")
  );
}

/**
 * @param {Query} query
 * @param {string} phrase
 * @param {string[]} fields
 * @param {string} sign
 */
function addPhrase(query, phrase, fields, sign) {
  const words = fold(phrase).split(" ").filter(Boolean);
  if (isTogether(words.at(-1) ?? "")) words.pop(); // a run may go on beyond the phrase
  if (words.length) query.phrases.push({ words, fields, prohibited: sign === "-" });
}

/**
 * Whether `name:value` is a filter, which is then added.
 *
 * @param {Query} query
 * @param {string} sign
 * @param {string} name
 * @param {string} value
 */
function addFilter(query, sign, name, value) {
  const prohibited = sign === "-";
  if (name === "has") {
    const kind = value.toLowerCase();
    if (HAS.includes(kind)) query.filters.push({ has: kind, prohibited });
    else query.problem = `\u201chas:\u201d knows ${HAS.join(" and ")}, not \u201c${value}\u201d.`;
    return true;
  }
  const range = name === "year" && RANGE.exec(value);
  if (!range) return false;
  const [, from, to, until, sign2, year] = range;
  const filter = { from: Number(from ?? 0), to: Number(to ?? until ?? 9999), prohibited };
  if (sign2?.startsWith(">")) filter.from = Number(year) + (sign2 === ">" ? 1 : 0);
  if (sign2?.startsWith("<")) filter.to = Number(year) - (sign2 === "<" ? 1 : 0);
  query.filters.push(filter);
  return true;
}

/** @param {string} typed an id; without its dress, in a list, which is empty for anything else. */
export function ids(typed) {
  const lower = tidy(typed).trim().toLowerCase();
  return [...new Set(ID_PATTERNS.flatMap((pattern) => pattern.exec(lower)?.[1] ?? []))];
}
