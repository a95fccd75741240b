/* The words of the index: what a pattern stands for, how a word goes on, how it may be meant. */

import { filesWith, placeOf } from "./shards.js";

/** Files of postings that one pattern may ask for: some megabytes. */
const MOST_FILES = 150;

const COMPLETIONS = 6;

/** @import { Shards } from "./shards.js" */
/** @import { Placed } from "./packs.js" */

/** @typedef {{ term: string, total: number, surface: string }} Entry */

export class Vocabulary {
  #shards;
  #segments;

  /**
   * @param {Shards} shards
   * @param {Placed[]} segments
   */
  constructor(shards, segments) {
    this.#shards = shards;
    this.#segments = segments;
  }

  /**
   * The terms that a clause of a query stands for, in lunr's order.
   *
   * @param {lunr.Clause} clause
   * @returns {Promise<{ terms: string[], left: number }>} `left` is how many more there are, where
   *   a pattern stands for so many that only the commonest are looked for.
   */
  async expand(clause) {
    const isPattern = clause.term.includes("*") && !clause.usePipeline;
    if (!isPattern && !clause.editDistance) return { terms: [clause.term], left: 0 };
    const prefix = clause.editDistance ? "" : clause.term.slice(0, clause.term.indexOf("*"));
    const fits = clause.editDistance ? nearTo(clause.term, clause.editDistance) : like(clause.term);
    const entries = (await this.#entries(prefix)).filter(({ term }) => fits(term));
    const kept = this.#affordable(entries);
    if (kept.length === 0) return { terms: [], left: 0 };
    const pattern = lunr.TokenSet.fromClause(clause);
    const terms = lunr.TokenSet.fromArray(kept.sort()).intersect(pattern).toArray();
    return { terms, left: entries.length - kept.length };
  }

  /** @param {string} start of a word; these are the terms of what it may become, the commonest first. */
  async completions(start) {
    const entries = await this.#entries(start.slice(0, 3));
    return entries
      .filter(({ surface }) => surface.startsWith(start))
      .sort((one, other) => other.total - one.total || (one.surface < other.surface ? -1 : 1))
      .slice(0, COMPLETIONS)
      .map(({ term }) => term);
  }

  /**
   * The commonest word that differs least from one that is not there, or nothing.
   *
   * @param {string} word
   */
  async near(word) {
    const most = word.length < 5 ? 1 : 2;
    /** @type {{ surface: string, distance: number, total: number } | null} */
    let best = null;
    for (const { surface, total } of await this.#entries(word[0])) {
      if (total < 2 || Math.abs(surface.length - word.length) > most) continue;
      const distance = editDistance(word, surface, most);
      if (distance > most || surface === word) continue;
      if (!best || distance < best.distance || (distance === best.distance && total > best.total)) {
        best = { surface, distance, total };
      }
    }
    return best?.surface ?? null;
  }

  /** @param {string} prefix with which all these terms start. */
  async #entries(prefix) {
    const files = this.#segments.flatMap(({ words }) => filesWith(prefix, words));
    /** @type {Map<string, Entry>} */
    const all = new Map();
    for (const lines of await Promise.all(files.map(([, name]) => this.#shards.lines(name)))) {
      for (const line of lines) {
        if (!line.startsWith(prefix)) continue;
        const [term, total, surface = term] = line.split(" ");
        const entry = all.get(term);
        if (entry) entry.total += Number(total);
        else all.set(term, { term, total: Number(total), surface });
      }
    }
    return [...all.values()];
  }

  /** @param {Entry[]} entries of which the commonest are left, as many as a query may fetch the postings of. */
  #affordable(entries) {
    const files = new Set();
    /** @type {string[]} */
    const kept = [];
    for (const { term } of entries.sort((one, other) => other.total - one.total)) {
      const places = this.#segments.map(({ postings }, at) => `${at}:${placeOf(term, postings)}`);
      if (files.size + places.filter((place) => !files.has(place)).length > MOST_FILES) continue;
      for (const place of places) files.add(place);
      kept.push(term);
    }
    return kept;
  }
}

/**
 * Whether a term can be what a pattern with `*` stands for.
 *
 * @param {string} pattern
 * @returns {(term: string) => boolean}
 */
function like(pattern) {
  const pieces = pattern.split("*").map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${pieces.join(".*")}$`, "su");
  return (term) => whole.test(term);
}

/**
 * Whether a term can be within so many edits, of which a `*` is one; lunr has the last word.
 *
 * @param {string} word
 * @param {number} edits
 * @returns {(term: string) => boolean}
 */
function nearTo(word, edits) {
  const letters = countLetters(word.replaceAll("*", ""));
  const stars = word.split("*").length - 1;
  return (term) => {
    if (Math.abs(term.length - word.length) > edits) return false;
    let surplus = 0;
    const left = new Map(letters);
    for (const letter of term) {
      const count = left.get(letter) ?? 0;
      if (count > 0) left.set(letter, count - 1);
      else surplus++;
    }
    return surplus <= edits + stars;
  };
}

/** @param {string} word */
function countLetters(word) {
  const counts = new Map();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours between two words.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} most that matter: more are `Infinity`.
 */
function editDistance(one, other, most) {
  /** @type {number[]} */
  let beforeLast = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [beforeLast, last] = [last, row];
  }
  return last[other.length];
}
