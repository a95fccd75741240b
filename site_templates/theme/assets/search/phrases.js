/* Which documents hold words one right after the other. */

import { PositionsFile } from "./shards.js";
import { isStopWord, stem } from "./snippets.js";

const REACH = 65536; // more than any field has words

/** @import { Index } from "./ranking.js" */
/** @import { Phrase } from "./query.js" */
/** @import { Shards } from "./shards.js" */

/**
 * Mark the documents that have a phrase in one of its fields.
 *
 * Stop words are not in the index: each stands for any one word between the others.
 *
 * @param {Pick<Phrase, "words" | "fields">} phrase
 * @param {Index} index
 * @param {Shards} shards
 * @returns {Promise<Uint8Array>} for each document 1 or 0.
 */
export async function phraseMatches({ words, fields }, index, shards) {
  const found = new Uint8Array(index.size);
  const stems = words.map(stem);
  const known = [...stems.keys()].filter((place) => !isStopWord(words[place]));
  const terms = known.flatMap((place) => index.terms.get(stems[place]) ?? []);
  if (known.length === 0 || terms.length < known.length) return found;
  for (const segment of index.segments) {
    const parts = terms.flatMap((term) => term.parts.find(({ first }) => first === segment.first) ?? []);
    if (parts.length < known.length) continue;
    const occurrences = await Promise.all(
      parts.map(async (part) => {
        const file = await shards.file(part.positions, (data) => new PositionsFile(data));
        return file.occurrences(part);
      }),
    );
    for (const name of fields) {
      const field = index.fieldNames.indexOf(name);
      /** @type {Set<number> | null} */
      let starts = null;
      for (let at = 0; at < known.length; at++) {
        const [documents, positions] = occurrences[at][field] ?? [[], []];
        /** @type {Set<number>} */
        const here = new Set();
        for (let place = 0; place < documents.length; place++) {
          const start = documents[place] * REACH + positions[place] - known[at];
          if (!starts || starts.has(start)) here.add(start);
        }
        starts = here;
      }
      for (const start of starts ?? []) found[segment.first + Math.floor((start + REACH / 2) / REACH)] = 1;
    }
  }
  return found;
}
