/* Asks the search from a page. */

/** @import { Counts, Refinement } from "./facets.js" */
/** @import { Paper } from "./packs.js" */
/** @import { Piece } from "./snippets.js" */

/** @typedef {"relevance" | "newest" | "upvotes"} Sort */

/**
 * What the search is asked.
 *
 * @typedef {object} Request
 * @property {string} query as typed; without words in it, all papers are found. Without words that a paper
 *   should have, as with a year alone, none that was withdrawn is.
 * @property {Refinement} [refine] narrows by `{ topic, year, venue, has }`, lists of alternatives.
 * @property {string} [sort] one of `Sort`.
 * @property {number} [start]
 * @property {number} [count]
 * @property {boolean | "soon"} [facets] whether to count what papers could be narrowed by; `soon`: where
 *   that takes long, to leave it for another request.
 * @property {boolean} [complete] whether the last word may go on.
 * @property {boolean} [listed] without papers that were withdrawn.
 * @property {number} [cited] the answer is only where the citations of so many papers at most lie.
 * @property {boolean} [fresh] begin with a new manifest.
 * @property {boolean} [ranking] the answer is every match and its score, for tests.
 */

/**
 * A paper that was found: text in pieces, and never HTML.
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {number} number of the document.
 * @property {number} score
 * @property {Paper} paper
 * @property {Piece[]} title
 * @property {Piece[]} snippet
 */

/**
 * @typedef {object} Answer
 * @property {number} total
 * @property {Result[]} results
 * @property {Counts | null} facets
 * @property {Sort[]} sorts the orders that make sense.
 * @property {{ total: number, query: string } | null} strict how many papers have all the words, and the
 *   query that finds them.
 * @property {string | null} suggestion the query in another spelling.
 * @property {string | null} problem a sentence about the query.
 * @property {string[]} words
 * @property {number} milliseconds
 */

/** @typedef {{ total: number, places: [pack: string, place: number][] }} Cited where citations lie, for `lookup.js`. */

/** @typedef {Error & { kind?: string }} Failure and its kind, one of those that `page-view.js` explains. */

/** @typedef {{ id: number | null, answer?: any, error?: { message: string, kind: string } }} Message of the worker. */

/** A search in a worker of its own. */
export class Client {
  #address;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Map<number | null, { resolve: (answer: any) => void, reject: (error: Failure) => void }>} */
  #waiting = new Map();
  #last = 0;

  /** @param {string | URL} base the root of the site. */
  constructor(base) {
    this.#address = new URL("search/search.js", base);
  }

  /**
   * The answer to a request. Fails with a `Failure`.
   *
   * @template {Request} Asked
   * @param {Asked} request
   * @returns {Promise<Asked extends { cited: number } ? Cited : Answer>}
   */
  ask(request) {
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#start();
      this.#waiting.set(++this.#last, { resolve, reject });
      this.#worker.postMessage({ id: this.#last, request });
    });
  }

  #start() {
    const worker = globalThis.startedSearch ?? started(this.#address);
    globalThis.startedSearch = null;
    worker.addEventListener("message", (/** @type {MessageEvent<Message>} */ { data: { id, answer, error } }) => {
      const waiting = this.#waiting.get(id);
      if (!waiting) return; // the page asked before this was here
      const { resolve, reject } = waiting;
      this.#waiting.delete(id);
      if (error) reject(Object.assign(new Error(error.message), { kind: error.kind }));
      else resolve(answer);
    });
    worker.addEventListener("error", () => {
      worker.terminate();
      this.#worker = null; // the next question starts another
      const error = Object.assign(new Error("The search could not be started."), { kind: "network" });
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
    return worker;
  }
}

/** @param {URL} address */
function started(address) {
  try {
    return new Worker(address);
  } catch {
    throw Object.assign(new Error("The browser starts no worker here."), { kind: "forbidden" });
  }
}
