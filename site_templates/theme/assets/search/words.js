/* From text to words, as generator/search/words.py does it: a test holds the two together. */

import { PLAIN, TOGETHER } from "./constants.js";

const SIMPLE = /^[A-Za-z0-9]+$/;
const COMMAND = /\\[A-Za-z]+/g;
const ACCENTS = /[\u0300-\u036f]+/g;
const POSSESSIVE = /['\u2019\u02bc]s(?![a-z0-9])/g;
const OTHER = /[^\p{L}\p{N}\p{M}.]+/gu;
const LONE_DOT = /(?<![0-9])\.|\.(?![0-9])/g;
const RUN = new RegExp(`[${TOGETHER}]+`, "gu");
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/**
 * The words of a text, in lower case, with one space between: `Müller's GPT-4` is `muller gpt 4`.
 *
 * @param {string} text
 */
export function fold(text) {
  return folded(text, (letters) => [...pairs(letters), letters[letters.length - 1]]);
}

/**
 * The same for what somebody looks for: of letters written together, the pairs alone.
 *
 * @param {string} text
 */
export function foldSought(text) {
  return folded(text, (letters) => (letters.length > 1 ? pairs(letters) : [`${letters[0]}*`]));
}

/** @param {string} word whether it is of letters that are written without spaces. */
export function isTogether(word) {
  return word.search(RUN) === 0;
}

/**
 * @param {string} text
 * @param {(letters: string[]) => string[]} together the words of letters that are written without spaces.
 */
function folded(text, together) {
  if (SIMPLE.test(text)) return text.toLowerCase();
  const letters = text
    .replace(COMMAND, " ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(ACCENTS, "")
    .normalize("NFC")
    .replace(POSSESSIVE, " ")
    .replace(PLAIN_LETTER, (letter) => PLAIN[letter])
    .replace(OTHER, " ")
    .replace(LONE_DOT, " ")
    .replace(RUN, (run) => ` ${together([...run]).join(" ")} `);
  return letters.trim().replace(/ +/g, " ");
}

/** @param {string[]} letters */
function pairs(letters) {
  return letters.slice(1).map((letter, place) => letters[place] + letter);
}
