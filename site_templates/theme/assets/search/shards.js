/* Fetches and reads the files of the index: see generator/search/FORMAT.md. */

import { NAME } from "./constants.js";

/**
 * What the manifest says of a segment; `packs.js` adds its first document. Files are named beside the
 * first term, checksum or document in them.
 *
 * @typedef {object} Segment
 * @property {number} documents how many there are.
 * @property {number[]} totals of the lengths of each field.
 * @property {string} abstracts
 * @property {[string, string][]} postings
 * @property {[string, string][]} words
 * @property {[number, string][]} keys
 * @property {boolean} voted
 * @property {string} facets
 * @property {string} order
 * @property {[number, string][]} results
 * @property {[number, string][]} citations
 *
 * @typedef {{ version: number, fields: [name: string, boost: number][], flags: string[], segments: Segment[] }} Manifest
 */

/**
 * The postings of a term in a field: parallel columns, `documents` ascending.
 *
 * @typedef {{ documents: Int32Array, frequencies: Int32Array, lengths: Int32Array }} Field
 */

/** @typedef {Uint8Array<ArrayBuffer>} Data of a file. */

/** The network or the host failed; asking again may help. */
export class NetworkError extends Error {
  kind = "network";
}

/** A file is gone: the site was built anew since its manifest was read, or is about to change. */
class GoneError extends NetworkError {
  kind = "missing";
}

/** A file makes no sense: it came cut short, or is what a host answers where there is none. */
class DamagedError extends GoneError {
  kind = "network";
}

/** Reads numbers and texts one after the other. */
class Bytes {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.data[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (byte === undefined) throw new DamagedError("A file of the index is cut short.");
    }
  }

  /** @param {number} count */
  numbers(count) {
    const values = new Int32Array(count);
    const data = this.data;
    let at = this.at;
    for (let place = 0; place < count; place++) {
      let byte = data[at++];
      let value = byte & 127;
      for (let bits = 7; byte > 127; bits += 7) {
        byte = data[at++];
        value |= (byte & 127) << bits;
      }
      values[place] = value;
    }
    if (at > data.length) throw new DamagedError("A file of the index is cut short.");
    this.at = at;
    return values;
  }

  /** @param {number} count */
  ascending(count) {
    const values = this.numbers(count);
    for (let place = 1; place < count; place++) values[place] += values[place - 1];
    return values;
  }

  /**
   * Numbers that may be below 0: 0, -1, 1, -2, 2, …
   *
   * @param {number} count
   */
  signed(count) {
    const values = this.numbers(count);
    for (let place = 0; place < count; place++) values[place] = (values[place] >>> 1) ^ -(values[place] & 1);
    return values;
  }

  /** @param {number} length in bytes. */
  take(length) {
    return this.data.subarray(this.at, (this.at += length));
  }

  /** The name of a file. */
  name() {
    return [...this.take(NAME)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

const UTF8 = new TextDecoder();

/** How pages begin: some hosts answer with one, as if all were well, where there is no file. */
const PAGE = /^\s*<(?:!doctype|!--|html|head|body)/i;

/**
 * What throws that a file could not be read.
 *
 * @param {string} path
 * @returns {(error: Error & { kind?: string }) => never}
 */
const unreadable = (path) => (error) => {
  throw error.kind ? error : new DamagedError(`${path} could not be read: ${error.message}`);
};

/** The files below `search/`, each fetched once. */
export class Shards {
  #folder;
  #patience;
  /** @type {Map<string, Promise<any>>} */
  #files = new Map();

  /**
   * Files are named by their content, so a copy that the browser kept is right however old it is.
   *
   * @type {RequestCache}
   */
  #cache = "force-cache";

  /**
   * @param {URL} folder of the index, on any host and path.
   * @param {() => AbortSignal | undefined} patience ends a request that takes too long.
   */
  constructor(folder, patience = () => undefined) {
    this.#folder = folder;
    this.#patience = patience;
  }

  /**
   * The manifest, which says what files there are.
   *
   * @returns {Promise<Manifest>}
   */
  manifest() {
    // The one file that changes under its name: ask whether it did.
    return this.#once("manifest.json", "no-cache", (data) => JSON.parse(UTF8.decode(data)));
  }

  /**
   * What `read` makes of a file, kept.
   *
   * @template Content
   * @param {string} name
   * @param {(data: Data) => Content} read
   * @returns {Promise<Content>}
   */
  file(name, read) {
    return this.#once(`${name}.bin`, this.#cache, async (data) => read(await unzip(data)));
  }

  /**
   * The same, of a file that is needed once.
   *
   * @template Content
   * @param {string} name
   * @param {(data: Data) => Content} read
   */
  async passing(name, read) {
    const path = `${name}.bin`;
    return this.#fetch(path, this.#cache).then(unzip).then(read).catch(unreadable(path));
  }

  /** @param {string} name of a text, of which these are the lines. */
  lines(name) {
    return this.file(name, (data) => UTF8.decode(data).split("\n"));
  }

  /** Forget everything, to begin again with a new manifest. */
  forget() {
    this.#files.clear();
    this.#cache = "no-cache"; // what was kept may be what a host answered while a file was missing
  }

  /**
   * @template Content
   * @param {string} path
   * @param {RequestCache} cache
   * @param {(data: Data) => Content | Promise<Content>} read
   * @returns {Promise<Content>}
   */
  #once(path, cache, read) {
    const before = this.#files.get(path);
    if (before) return before;
    const file = this.#fetch(path, cache).then(read).catch(unreadable(path));
    this.#files.set(path, file);
    file.catch(() => this.#files.delete(path));
    return file;
  }

  /**
   * @param {string} path
   * @param {RequestCache} cache
   */
  #fetch(path, cache) {
    return fetched(new URL(path, this.#folder), { cache, signal: this.#patience() });
  }
}

/**
 * The bytes at an address; a `NetworkError` where there are none.
 *
 * @param {URL} url
 * @param {RequestInit} options
 * @returns {Promise<Data>}
 */
async function fetched(url, options) {
  let response;
  let data;
  try {
    response = await fetch(url, options);
    data = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new NetworkError(`${url.pathname} could not be fetched.`);
  }
  if (response.ok && PAGE.test(UTF8.decode(data.subarray(0, 100)))) throw new GoneError(`${url.pathname} is a page.`);
  if (response.ok) return data;
  const Kind = response.status === 404 || response.status === 410 ? GoneError : NetworkError;
  throw new Kind(`${url.pathname}: the host answered ${response.status}.`);
}

/**
 * Do something, and once more from the start if the site changed on the way.
 *
 * @template Result
 * @param {() => Promise<Result>} task
 * @param {() => void} forget
 * @returns {Promise<Result>}
 */
export async function withFresh(task, forget) {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
    forget();
    return task();
  }
}

/**
 * Some hosts unpack what is packed before they send it.
 *
 * @param {Data} data
 * @returns {Promise<Data>}
 */
async function unzip(data) {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  if (!self.DecompressionStream) throw Object.assign(new Error("No DecompressionStream."), { kind: "unsupported" });
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new DamagedError("A file of the index is damaged.");
  }
}

/**
 * The last place in `[[first, …], …]`, sorted by `first`, where `key` can be; -1 if before all.
 *
 * @template {string | number} Key
 * @param {Key} key
 * @param {[first: Key, name: string][]} files
 */
export function placeOf(key, files) {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (files[middle][0] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The files of `[[first, …], …]` that can hold something that starts with `prefix`.
 *
 * @param {string} prefix
 * @param {[first: string, name: string][]} files
 */
export function filesWith(prefix, files) {
  const start = Math.max(0, placeOf(prefix, files));
  let end = start;
  while (end < files.length && (files[end][0] <= prefix || files[end][0].startsWith(prefix))) end++;
  return files.slice(start, end);
}

/** One file of postings: a directory of terms, and what is known of each. */
export class PostingsFile {
  #data;
  /** @type {Map<string, [at: number, place: number]>} */
  #directory = new Map();

  /** @param {Data} data */
  constructor(data) {
    const bytes = new Bytes(data);
    this.#data = data;
    this.positions = bytes.name();
    /** @type {string[]} */
    this.terms = [];
    const placeInPositions = bytes.number();
    /** @type {number[]} */
    const lengths = [];
    let before = new Uint8Array();
    for (let left = bytes.number(); left > 0; left--) {
      const shared = bytes.number();
      const rest = bytes.take(bytes.number());
      const word = new Uint8Array(shared + rest.length);
      word.set(before.subarray(0, shared));
      word.set(rest, shared);
      this.terms.push(UTF8.decode(word));
      lengths.push(bytes.number());
      before = word;
    }
    this.terms.forEach((term, place) => {
      this.#directory.set(term, [bytes.at, placeInPositions + place]);
      bytes.at += lengths[place];
    });
  }

  /**
   * The postings of a term, or nothing.
   *
   * `fields[f]` has `documents`, ascending, how often the term is in field `f` of each
   * (`frequencies`), and how many terms the field has there (`lengths`).
   *
   * @param {string} term
   * @param {number} fields how many there are.
   * @param {(Int32Array | undefined)[]} known the lengths of fields that are stored apart, for each
   *   document.
   * @returns {{ ordinal: number, place: number, fields: Field[] } | null} `fields` has holes.
   */
  postings(term, fields, known) {
    const entry = this.#directory.get(term);
    if (!entry) return null;
    const bytes = new Bytes(this.#data);
    bytes.at = entry[0];
    const ordinal = bytes.number();
    const mask = bytes.number();
    /** @type {{ ordinal: number, place: number, fields: Field[] }} */
    const found = { ordinal, place: entry[1], fields: [] };
    for (let field = 0; field < fields; field++) {
      if (!(mask & (1 << field))) continue;
      const count = bytes.number();
      const documents = bytes.ascending(count);
      const frequencies = bytes.numbers(count);
      const apart = known[field];
      const lengths = apart ? gathered(apart, documents) : bytes.numbers(count);
      found.fields[field] = { documents, frequencies, lengths };
    }
    return found;
  }
}

/**
 * @param {Int32Array} values
 * @param {Int32Array} places
 */
function gathered(values, places) {
  const found = new Int32Array(places.length);
  for (let place = 0; place < places.length; place++) found[place] = values[places[place]];
  return found;
}

/**
 * How long the abstract of each document of a segment is.
 *
 * @param {number} count of documents.
 */
export function readLengths(count) {
  /** @param {Data} data */
  return (data) => {
    const lengths = new Bytes(data).signed(count);
    for (let place = 1; place < count; place++) lengths[place] += lengths[place - 1];
    return lengths;
  };
}

/** One file of positions, in the order of the terms of its file of postings. */
export class PositionsFile {
  #bytes;
  /** @type {number[]} */
  #starts = [];

  /** @param {Data} data */
  constructor(data) {
    this.#bytes = new Bytes(data);
    const lengths = this.#bytes.numbers(this.#bytes.number());
    let at = this.#bytes.at;
    for (const length of lengths) {
      this.#starts.push(at);
      at += length;
    }
  }

  /**
   * For each field, document and position of every occurrence.
   *
   * @param {{ place: number, fields: Field[] }} postings of a term.
   * @returns {[documents: Int32Array, positions: Int32Array][]} with holes, as the fields have.
   */
  occurrences(postings) {
    const bytes = this.#bytes;
    bytes.at = this.#starts[postings.place];
    return postings.fields.map(({ documents, frequencies }) => {
      const total = frequencies.reduce((sum, frequency) => sum + frequency, 0);
      const positions = bytes.numbers(total);
      const where = new Int32Array(total);
      let at = 0;
      documents.forEach((document, place) => {
        for (let n = 0; n < frequencies[place]; n++, at++) {
          where[at] = document;
          if (n) positions[at] += positions[at - 1];
        }
      });
      return [where, positions];
    });
  }
}

/** A file of keys: which documents a checksum stands for. */
export class KeysFile {
  /** @type {Map<number, number[]>} */
  #documents = new Map();

  /** @param {Data} data */
  constructor(data) {
    const bytes = new Bytes(data);
    let checksum = 0;
    while (bytes.at < data.length) {
      checksum += bytes.number();
      const document = bytes.number();
      this.#documents.set(checksum, [...(this.#documents.get(checksum) ?? []), document]);
    }
  }

  /** @param {number} checksum */
  documents(checksum) {
    return this.#documents.get(checksum) ?? [];
  }
}

/**
 * The packs that a directory names, each with its first document, counted from the first of all.
 *
 * @param {Data} data
 * @returns {[first: number, name: string][]}
 */
export function readDirectory(data) {
  const bytes = new Bytes(data);
  let first = 0;
  return Array.from(bytes.numbers(bytes.number()), (size) => {
    first += size;
    return [first - size, bytes.name()];
  });
}

/** A pack: some papers, and of each the same number of texts. */
export class PackFile {
  #data;
  #count;
  #starts; // of all texts, one after another, and where the last ends

  /** @param {Data} data */
  constructor(data) {
    const bytes = new Bytes(data);
    this.#data = data;
    this.#count = bytes.number();
    this.size = bytes.number();
    const lengths = bytes.numbers(this.size * this.#count);
    this.#starts = [bytes.at];
    let end = bytes.at;
    for (const length of lengths) this.#starts.push((end += length));
    if (end !== data.length) throw new DamagedError("A pack is cut short.");
  }

  /** @param {number} place of a paper, of which these are the texts. */
  texts(place) {
    if (place >= this.size) throw new DamagedError("A pack lacks a paper.");
    const first = place * this.#count;
    return Array.from({ length: this.#count }, (_, at) =>
      UTF8.decode(this.#data.subarray(this.#starts[first + at], this.#starts[first + at + 1])),
    );
  }
}

/**
 * How far each document of a segment is from its place in the order of the catalog.
 *
 * @param {number} count of documents.
 * @returns {(data: Data) => Int32Array}
 */
export const readOrder = (count) => (data) => new Bytes(data).signed(count);

/** @typedef {ReturnType<ReturnType<typeof readFacets>>} Columns of a segment: see `facets` in FORMAT.md. */

/**
 * What is known of each document of a segment.
 *
 * @param {number} count of documents.
 */
export function readFacets(count) {
  /** @param {Data} data */
  return (data) => {
    const end = data.indexOf(10);
    /** @type {{ topics: [slug: string, name: string][], venues: string[] }} */
    const { topics, venues } = JSON.parse(UTF8.decode(data.subarray(0, end)));
    const bytes = new Bytes(data);
    bytes.at = end + 1;
    const [years, flags, upvotes, venue] = Array.from({ length: 4 }, () => bytes.numbers(count));
    const many = bytes.numbers(count);
    const topicStarts = new Int32Array(count + 1);
    for (let place = 0; place < count; place++) topicStarts[place + 1] = topicStarts[place] + many[place];
    const topic = bytes.numbers(topicStarts[count]);
    return { topics, venues, years, flags, upvotes, venue, topicStarts, topic };
  };
}

const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {string} text whose CRC-32 in UTF-8, as zlib counts it, this is. */
export function checksum(text) {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
