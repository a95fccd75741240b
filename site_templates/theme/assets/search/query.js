/* What somebody typed, made into a query that lunr's parser reads and what goes beyond lunr. */

import { fold, foldSought, isTogether } from "./words.js";

const MOST_WORDS = 200;
const MOST_STARS = 4;

const CHUNK = /([+-]?)(?:([\p{L}_]+):)?(?:"([^"]*)"?|([^\s"]+))([~^\d]*)|\S/gu;
const SUFFIX = /(?:[~^]\d*)+$/;
const OTHER_NAMES = { author: "authors", topic: "topics", tag: "topics", abs: "abstract", conference: "venue" };
const HAS = ["code", "pdf"];
const YEARS = /^(?:(\d{4})\.\.(\d{4})?|\.\.(\d{4})|(>=?|<=?)(\d{4}))$/;

/**
 * Read a query as typed.
 *
 * @param {string} typed
 * @param {string[]} fieldNames that the index has.
 * @returns {{ text: string, phrases: object[], filters: object[], words: string[], problem: ?string,
 *   clauses: string[] }}
 *   `text`, the `clauses` in a row, is for lunr's own parser and cannot fail there; `phrases` are
 *   `{ words, fields, prohibited }`; `filters` are `{ from, to }` of years or `{ has }`, one of
 *   the flags of the index, and `prohibited`; `words` are all that is looked for, folded.
 */
export function read(typed, fieldNames) {
  const query = { phrases: [], filters: [], words: [], problem: null };
  const clauses = [];
  const tidy = typed.replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"').replace(/[\u2010-\u2015\u2212]/g, "-");
  for (const [chunk, sign = "", name = "", phrase, plain, after = ""] of tidy.matchAll(CHUNK)) {
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
  return Object.assign(query, { clauses, text: clauses.join(" ") });
}

function fieldFor(name, fieldNames) {
  const lower = name.toLowerCase();
  const known = Object.hasOwn(OTHER_NAMES, lower) ? OTHER_NAMES[lower] : lower;
  return fieldNames.includes(known) ? known : "";
}

function unknownField(chunk, name, fieldNames) {
  if (/^(?:https?|doi|arxiv|hdl|urn|isbn)$/i.test(name)) return null;
  return `There is no field \u201c${name}\u201d, so \u201c${chunk}\u201d was looked for as words. Fields are ${fieldNames.join(", ")}, has.`;
}

/** The words of a piece of a query; `*` stays where it stands for letters. */
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
  return folded.join("*").split(" ").filter((word) => /[^*]/.test(word) || /^\*+$/.test(text));
}

/** `~1` and `^2` as lunr's parser takes them; of each the last, a lone sign not at all. */
function allowed(suffix) {
  const [distance] = [...suffix.matchAll(/~(\d+)/g)].slice(-1);
  const [boost] = [...suffix.matchAll(/\^(\d+)/g)].slice(-1);
  return (distance ? `~${Math.min(Number(distance[1]), 2)}` : "") + (boost ? `^${Math.min(Number(boost[1]), 1000)}` : "");
}

function addPhrase(query, phrase, fields, sign) {
  const words = fold(phrase).split(" ").filter(Boolean);
  if (isTogether(words.at(-1) ?? "")) words.pop(); // a run may go on beyond the phrase
  if (words.length) query.phrases.push({ words, fields, prohibited: sign === "-" });
}

/** Whether `name:value` is a filter, which is then added. */
function addFilter(query, sign, name, value) {
  const prohibited = sign === "-";
  if (name === "has") {
    const kind = value.toLowerCase();
    if (HAS.includes(kind)) query.filters.push({ has: kind, prohibited });
    else query.problem = `\u201chas:\u201d knows ${HAS.join(" and ")}, not \u201c${value}\u201d.`;
    return true;
  }
  const range = name === "year" && YEARS.exec(value);
  if (!range) return false;
  const [, from, to, until, sign2, year] = range;
  const filter = { from: Number(from ?? 0), to: Number(to ?? until ?? 9999), prohibited };
  if (sign2?.startsWith(">")) filter.from = Number(year) + (sign2 === ">" ? 1 : 0);
  if (sign2?.startsWith("<")) filter.to = Number(year) - (sign2 === "<" ? 1 : 0);
  query.filters.push(filter);
  return true;
}

const ARXIV = /^(?:arxiv:\s*|https?:\/\/(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/;
const DOI = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/;
const ANTHOLOGY = /^(?:https?:\/\/(?:www\.)?aclanthology\.org\/)?([a-z]\d\d-\d{4}|\d{4}\.[a-z\d]+-[a-z\d]+\.\d+)(?:\.pdf|\/)?$/;

/** The id that somebody typed, without its dress, in a list; empty for anything else. */
export function ids(typed) {
  const lower = typed.trim().toLowerCase();
  const found = [ARXIV, DOI, ANTHOLOGY].map((pattern) => pattern.exec(lower)?.[1]);
  return [...new Set(found)].filter(Boolean);
}
