/* Which documents hold words one right after the other. */

import { PositionsFile } from "./shards.js";
import { isStopWord, stem } from "./snippets.js";

const REACH = 65536; // more than any field has words

/**
 * Mark the documents that have a phrase in one of its fields.
 *
 * Stop words are not in the index: each stands for any one word between the others.
 *
 * @param {{ words: string[], fields: string[] }} phrase of folded words.
 * @returns {Promise<Uint8Array>} for each document 1 or 0.
 */
export async function phraseMatches({ words, fields }, index, shards) {
  const found = new Uint8Array(index.size);
  const stems = words.map(stem);
  const known = [...stems.keys()].filter((place) => !isStopWord(words[place]));
  if (known.length === 0 || !known.every((place) => index.terms.has(stems[place]))) return found;
  for (const segment of index.segments) {
    const parts = known.map((place) =>
      index.terms.get(stems[place]).parts.find(({ first }) => first === segment.first),
    );
    if (parts.some((part) => !part)) continue;
    const occurrences = await Promise.all(
      parts.map(async (part) => {
        const file = await shards.file(part.positions, (data) => new PositionsFile(data));
        return file.occurrences(part);
      }),
    );
    for (const name of fields) {
      const field = index.fieldNames.indexOf(name);
      let starts = null;
      for (let at = 0; at < known.length; at++) {
        const [documents, positions] = occurrences[at][field] ?? [[], []];
        const here = new Set();
        documents.forEach((document, place) => {
          const start = document * REACH + positions[place] - known[at];
          if (!starts || starts.has(start)) here.add(start);
        });
        starts = here;
      }
      for (const start of starts) found[segment.first + Math.floor((start + REACH / 2) / REACH)] = 1;
    }
  }
  return found;
}
