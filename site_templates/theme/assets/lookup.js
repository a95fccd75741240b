/* Papers by their ids, as the index of the search has them. */

import { base } from "./keep.js";
import { each, patience } from "./pages.js";
import { citationsAt, located, readPack, resultAt, segmentsOf, withKey } from "./search/packs.js";
import { Shards, withFresh } from "./search/shards.js";

/** @import { Outcome } from "./pages.js" */
/** @import { Kind } from "./search/packs.js" */
/** @import { PackFile } from "./search/shards.js" */

export class Lookup {
  #shards = new Shards(new URL("search/", base), patience);

  /** @param {string} id of a paper; what a result shows of it, nothing where there is none. */
  result(id) {
    return this.#one("results", id, resultAt);
  }

  /** @param {string} id of a paper; how it is cited, by format, nothing where there is none. */
  citations(id) {
    return this.#one("citations", id, citationsAt);
  }

  /**
   * How papers are cited in a format.
   *
   * @param {string[]} ids
   * @param {string} format one of those of `citations.js`.
   * @param {(done: number) => boolean | void} told of progress; `false` stops it all.
   * @returns {Promise<Outcome<string>[]>} in their order; neither value nor error is there where a paper
   *   is gone.
   */
  async cited(ids, format, told) {
    /** @type {Map<string, string>} */
    const texts = new Map();
    const wanted = new Set(ids);
    /** @param {string} id */
    const task = async (id) => {
      if (texts.has(id)) return; // it lay beside one before: papers of a day do
      for (const { file } of await this.#candidates("citations", id)) {
        for (let place = 0; place < file.size; place++) {
          const { id: own, [format]: text } = citationsAt(file, place);
          if (wanted.has(own)) texts.set(own, text);
        }
      }
    };
    const results = await each(ids, task, () => told(texts.size));
    return ids.map((id, at) => (texts.has(id) ? { value: texts.get(id) } : { error: results[at]?.error }));
  }

  /**
   * The same of papers that a search found.
   *
   * @param {[pack: string, place: number][]} places
   * @param {string} format
   * @param {(done: number) => boolean | void} told
   */
  async citedAt(places, format, told) {
    /** @type {Map<string, { at: number, place: number }[]>} */
    const byPack = new Map();
    for (const [at, [name, place]] of places.entries()) byPack.set(name, [...(byPack.get(name) ?? []), { at, place }]);
    /** @type {Outcome<string>[]} */
    const found = places.map(() => ({}));
    let done = 0;
    /** @param {[name: string, rows: { at: number, place: number }[]]} pack */
    const task = async ([name, rows]) => {
      try {
        const file = await this.#shards.passing(name, readPack);
        for (const { at, place } of rows) found[at] = { value: citationsAt(file, place)[format] };
        done += rows.length;
      } catch (error) {
        for (const { at } of rows) found[at] = { error };
      }
    };
    await each([...byPack], task, () => told(done));
    return found;
  }

  /** Begin again: the site was built anew meanwhile. */
  forget() {
    this.#shards.forget();
  }

  /**
   * @template {{ [key: string]: any }} Content
   * @param {Kind} kind
   * @param {string} id
   * @param {(file: PackFile, place: number) => Content} read
   */
  #one(kind, id, read) {
    return withFresh(
      async () => {
        const candidates = await this.#candidates(kind, id);
        return candidates.map(({ file, place }) => read(file, place)).find((paper) => paper.id === id);
      },
      () => this.forget(),
    );
  }

  /**
   * The packs and places where a paper of this id may be: others may have its checksum.
   *
   * @param {Kind} kind
   * @param {string} id
   */
  async #candidates(kind, id) {
    const segments = segmentsOf(await this.#shards.manifest());
    const documents = await withKey(this.#shards, segments, id);
    return Promise.all(
      documents.map(async (document) => {
        const [name, place] = await located(this.#shards, segments, kind, document);
        return { file: await this.#shards.file(name, readPack), place };
      }),
    );
  }
}
