/* Which part of a text to show, and what in it was looked for. */

import { fold } from "./words.js";

const WORD = /[\p{L}\p{N}\p{M}]+(?:\.\p{N}+)*/gu;
const LENGTH = 280;

/** @typedef {[text: string, isMarked: boolean]} Piece of a text. */

/** @typedef {(word: string) => boolean} IsSought whether a word was looked for. */

/**
 * A test for words: of the same stem, or starting with one that is still being typed.
 *
 * @param {string[]} stems
 * @param {string[]} prefixes
 * @returns {IsSought}
 */
export function matcher(stems, prefixes = []) {
  const known = new Set(stems.filter((term) => !isStopWord(term)));
  const firsts = new Set([...known, ...prefixes].map((start) => start[0]));
  /** @param {string} part */
  const isOne = (part) =>
    firsts.has(part[0]) && (known.has(stem(part)) || prefixes.some((prefix) => part.startsWith(prefix)));
  /** @type {Map<string, boolean>} */
  const seen = new Map(); // abstracts repeat their words
  return (word) => {
    const before = seen.get(word);
    if (before !== undefined) return before;
    const is = fold(word).split(" ").some(isOne);
    seen.set(word, is);
    return is;
  };
}

/** @param {string} word that is folded; its stem. */
export function stem(word) {
  return lunr.stemmer(new lunr.Token(word)).toString();
}

/** @param {string} word that is folded; whether it is too common to be in the index, but by chance. */
export function isStopWord(word) {
  return lunr.stopWordFilter(word) === undefined;
}

/**
 * A text in pieces.
 *
 * @param {string} text
 * @param {IsSought} isSought
 */
export function marked(text, isSought) {
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!isSought(word)) continue;
    if (index > end) pieces.push([text.slice(end, index), false]);
    pieces.push([word, true]);
    end = index + word.length;
  }
  if (end < text.length) pieces.push([text.slice(end), false]);
  return pieces;
}

/**
 * The piece of a text with the most different words that were looked for, marked.
 *
 * @param {string} text
 * @param {IsSought} isSought
 */
export function snippet(text, isSought) {
  const hits = [...text.matchAll(WORD)].filter(([word]) => isSought(word));
  let start = 0;
  let most = 0;
  hits.forEach(({ index }, place) => {
    const within = new Set();
    for (let next = place; next < hits.length && hits[next].index < index + LENGTH - 40; next++) {
      within.add(stem(fold(hits[next][0])));
    }
    if (within.size > most) [start, most] = [index, within.size];
  });
  start = start < 80 ? 0 : beginning(text, start);
  let end = Math.min(text.length, start + LENGTH);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
  const pieces = marked(text.slice(start, end), isSought);
  if (start > 0) pieces.unshift(["\u2026 ", false]);
  if (end < text.length) pieces.push([" \u2026", false]);
  return pieces;
}

/**
 * Where to begin so that a place is read with what leads to it: its sentence, or some words.
 *
 * @param {string} text
 * @param {number} place
 */
function beginning(text, place) {
  const sentence = text.lastIndexOf(". ", place);
  if (sentence >= 0 && place - sentence < 120) return sentence + 2;
  return text.indexOf(" ", Math.max(0, place - 60)) + 1;
}
