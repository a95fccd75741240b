/* Answers questions of pages: `{ id, request }`; see `client.js`.

   The build joins this and all that it imports with lunr.js's query parser into `search/search.js`,
   a classic script, since a first search should take one request. */

import { Engine } from "./engine.js";

const engine = new Engine(new URL("./", self.location.href));

/** @import { Request } from "./client.js" */

/**
 * @param {number | null} id
 * @param {Request} request
 */
async function answer(id, request) {
  try {
    postMessage({ id, answer: await engine.search(request) });
  } catch (failure) {
    const error = /** @type {import("./client.js").Failure} */ (failure);
    postMessage({ id, error: { message: error.message, kind: error.kind ?? "failed" } });
  }
}

// From `start.js`.
if (self.location.hash) answer(null, { query: decodeURIComponent(self.location.hash.slice(1)) });

addEventListener("message", ({ data: { id, request } }) => answer(id, request));
