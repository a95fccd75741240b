/* Asks the search from a page. */

/**
 * A search in a worker of its own.
 *
 * A request is `{ query, refine, sort, start, count, facets }`: `refine` narrows by
 * `{ topic, year, venue, has }`, lists of alternatives; `facets` is whether to count what papers
 * could be narrowed by, or `soon`: where that takes long, to leave it for another request; `sort` is
 * `relevance`, `newest` or `upvotes`. Without words in the query, all papers are found; without
 * words that a paper should have, as with a year alone, or with `listed`, none that was withdrawn.
 * With `cited`, a number, the answer is only `{ total, places }`: where the citations of so many
 * papers at most lie, for `lookup.js`. `fresh` begins with a new manifest.
 *
 * An answer is `{ total, results, facets, sorts, strict, suggestion, problem, words, milliseconds }`. A
 * result has what its pack has of the paper (see FORMAT.md), and `title` and `snippet` in pieces
 * `[text, is it marked]`, which are text and never HTML. A facet is a list of
 * `{ value, name, count }`. `strict` is `{ total, query }`: how many papers have all the words, and
 * the query that finds them. `suggestion` is the query in another spelling; `problem` a sentence
 * about the query.
 */
export class Client {
  #address;
  #worker = null;
  #waiting = new Map();
  #last = 0;

  /** @param {string | URL} base the root of the site. */
  constructor(base) {
    this.#address = new URL("search/search.js", base);
  }

  /** The answer to a request. Fails with an error whose `kind` says why. */
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
    worker.addEventListener("message", ({ data: { id, answer, error } }) => {
      if (!this.#waiting.has(id)) return; // the page asked before this was here
      const { resolve, reject } = this.#waiting.get(id);
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

function started(address) {
  try {
    return new Worker(address);
  } catch {
    throw Object.assign(new Error("The browser starts no worker here."), { kind: "forbidden" });
  }
}
