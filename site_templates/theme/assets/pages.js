/* Pages of this site, fetched: those of lists for their order, those at former ids of papers. */

const PATIENCE = 30_000; // milliseconds
const AT_ONCE = 6;
const MOST_MOVES = 3;

/** There is no such page. */
export class Gone extends Error {}

/** Ends a request of a host that is taken to be down. */
export const patience = () => AbortSignal.timeout(PATIENCE);

/** What is at an address. Fails with `Gone` where the host says that there is nothing. */
async function fetched(url) {
  const response = await fetch(url, { signal: patience() });
  if (response.status === 404 || response.status === 410) throw new Gone(url.pathname);
  if (!response.ok) throw new Error(`${url.pathname}: the host answered ${response.status}.`);
  return response;
}

/** The page at an address, and where it is: a page that moved says so itself. */
export async function page(url, moves = 0) {
  const response = await fetched(url);
  const document = new DOMParser().parseFromString(await response.text(), "text/html");
  const refresh = document.querySelector("meta[http-equiv=refresh i]")?.content.match(/url=(.*)$/i);
  if (!refresh || moves === MOST_MOVES) return { document, url: new URL(url) };
  const to = new URL(refresh[1], url);
  if (to.origin !== location.origin) throw new Gone(url.pathname);
  return page(to, moves + 1);
}

/**
 * Do something with each of many, a few at once.
 *
 * @param {(one: any) => Promise} task
 * @param {(done: number) => boolean | void} told after each; `false` stops it all.
 * @returns {Promise<{ value: ?any, error: ?Error }[]>} in the order of `many`.
 */
export async function each(many, task, told = () => {}) {
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
