/* What results show of papers, and how papers are cited: files of some papers each, and the way
   from a document or an id to its place in one. See generator/search/FORMAT.md. */

import { CITED, VERSION } from "./constants.js";
import { checksum, KeysFile, PackFile, placeOf, readDirectory } from "./shards.js";

/** @import { Data, Manifest, Segment, Shards } from "./shards.js" */

/** @typedef {Segment & { first: number }} Placed a segment with its first document. */

/**
 * What a result shows of a paper: see FORMAT.md. What is unknown is absent.
 *
 * @typedef {object} Paper
 * @property {string} id
 * @property {string} title
 * @property {string} [plain_title]
 * @property {string} [abstract]
 * @property {string[]} [authors]
 * @property {number} [more_authors]
 * @property {string} [date]
 * @property {string} [venue]
 * @property {string[]} [topics]
 * @property {Record<string, string>} [links]
 * @property {number} [upvotes]
 * @property {string} [withdrawn]
 * @property {string} [arxiv]
 * @property {string} [doi]
 * @property {string} [anthology]
 */

/** @typedef {"results" | "citations"} Kind of packs. */

/**
 * The segments that a manifest names, the last one first, each with its first document.
 *
 * @param {Manifest} manifest
 */
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

/**
 * The documents that have a key, or one with the same checksum.
 *
 * @param {Shards} shards
 * @param {Placed[]} segments
 * @param {string} key
 */
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

/**
 * Where a document lies: the name of its pack of a kind, and its place in that.
 *
 * @param {Shards} shards
 * @param {Placed[]} segments the last one first; the first of all begins with 0.
 * @param {Kind} kind
 * @param {number} document
 * @returns {Promise<[pack: string, place: number]>}
 */
export async function located(shards, segments, kind, document) {
  const segment = /** @type {Placed} */ (segments.find((one) => one.first <= document));
  const { first, [kind]: directories } = segment;
  const [before, name] = directories[placeOf(document - first, directories)];
  const packs = await shards.file(name, readDirectory);
  const place = document - first - before;
  const [start, pack] = packs[placeOf(place, packs)];
  return [pack, place - start];
}

/** @param {Data} data of a pack. */
export const readPack = (data) => new PackFile(data);

/**
 * What a result shows of the paper at a place of a pack.
 *
 * @param {PackFile} file
 * @param {number} place
 * @returns {Paper}
 */
export const resultAt = (file, place) => JSON.parse(file.texts(place)[0]);

/**
 * How the paper at a place of a pack is cited: its `id`, and a text for each format.
 *
 * @param {PackFile} file
 * @param {number} place
 * @returns {Record<string, string>}
 */
export function citationsAt(file, place) {
  const texts = file.texts(place);
  const { references, ...files } = Object.fromEntries(CITED.map((format, at) => [format, texts[at]]));
  return { ...JSON.parse(references), ...files };
}
