/* Pages of this site, fetched: those of lists for their order, those at former ids of papers. */

const PATIENCE = 30_000; // milliseconds
const AT_ONCE = 6;
const MOST_MOVES = 3;

/** There is no such page. */
export class Gone extends Error {}

/** Ends a request of a host that is taken to be down. */
export const patience = () => AbortSignal.timeout(PATIENCE);

/** @param {URL} url to fetch. Fails with `Gone` where the host says that there is nothing. */
async function fetched(url) {
  const response = await fetch(url, { signal: patience() });
  if (response.status === 404 || response.status === 410) throw new Gone(url.pathname);
  if (!response.ok) throw new Error(`${url.pathname}: the host answered ${response.status}.`);
  return response;
}

/**
 * The page at an address, and where it is: a page that moved says so itself.
 *
 * @param {URL} url
 * @returns {Promise<{ document: Document, url: URL }>}
 */
export async function page(url, moves = 0) {
  const response = await fetched(url);
  const document = new DOMParser().parseFromString(await response.text(), "text/html");
  /** @type {HTMLMetaElement | null} */
  const meta = document.querySelector("meta[http-equiv=refresh i]");
  const refresh = meta?.content.match(/url=(.*)$/i);
  if (!refresh || moves === MOST_MOVES) return { document, url: new URL(url) };
  const to = new URL(refresh[1], url);
  if (to.origin !== location.origin) throw new Gone(url.pathname);
  return page(to, moves + 1);
}

/**
 * What became of a task; it has neither where none was begun.
 *
 * @template Value
 * @typedef {{ value?: Value, error?: any }} Outcome
 */

/**
 * Do something with each of many, a few at once.
 *
 * @template One, Value
 * @param {One[]} many
 * @param {(one: One) => Promise<Value> | Value} task
 * @param {(done: number) => boolean | void} told after each; `false` stops it all.
 * @returns {Promise<Outcome<Value>[]>} in the order of `many`, with holes where it was stopped.
 */
export async function each(many, task, told = () => {}) {
  /** @type {Outcome<Value>[]} */
  const results = [];
  let next = 0;
  let done = 0;
  let isStopped = false;
  async function turn() {
    while (next < many.length && !isStopped) {
      const at = next++;
      try {
        results[at] = { value: await task(many[at]) };
      } catch (error) {
        results[at] = { error };
      }
      if (told(++done) === false) isStopped = true;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
  return results;
}
