/* What results show of papers, and how papers are cited: files of some papers each, and the way
   from a document or an id to its place in one. See generator/search/FORMAT.md. */

import { checksum, KeysFile, PackFile, placeOf, readDirectory } from "./shards.js";

/** Of the format of the index. */
const VERSION = 4;

/** The segments that a manifest names, the last one first, each with its first document. */
export function segmentsOf({ version, segments }) {
  if (version !== VERSION) throw Object.assign(new Error(`The index has version ${version}.`), { kind: "outdated" });
  let first = 0;
  const placed = segments.map((segment) => {
    const one = { ...segment, first };
    first += segment.documents;
    return one;
  });
  return placed.reverse();
}

/** The documents that have a key, or one with the same checksum. */
export async function withKey(shards, segments, key) {
  const sum = checksum(key);
  const found = await Promise.all(
    segments.map(async ({ keys, first }) => {
      const place = placeOf(sum, keys);
      if (place < 0) return [];
      const file = await shards.file(keys[place][1], (data) => new KeysFile(data));
      return file.documents(sum).map((document) => first + document);
    }),
  );
  return found.flat();
}

/** Where a document lies: the name of its pack of a kind, and its place in that. */
export async function located(shards, segments, kind, document) {
  const { first, [kind]: directories } = segments.find((segment) => segment.first <= document);
  const [before, name] = directories[placeOf(document - first, directories)];
  const packs = await shards.file(name, readDirectory);
  const place = document - first - before;
  const [start, pack] = packs[placeOf(place, packs)];
  return [pack, place - start];
}

/** How a pack is read. */
export const readPack = (data) => new PackFile(data);

/** What a result shows of the paper at a place of a pack. */
export const resultAt = (file, place) => JSON.parse(file.texts(place)[0]);

/** How the paper at a place of a pack is cited: its `id`, and a text for each format. */
export function citationsAt(file, place) {
  const [others, bib, ris, csl] = file.texts(place);
  return { ...JSON.parse(others), bib, ris, "csl.json": csl };
}
