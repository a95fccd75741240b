/* Answers questions of our pages (`{ id, request }`) and of Material's search box (`{ type, data }`).

   The build joins this and all that it imports with lunr.js's query parser into `search/search.js`,
   a classic script, since a first search should take one request. */

import { results } from "./box.js";
import { Engine } from "./engine.js";

const QUERY = 2;
const RESULT = 3;
const PAUSE = 120; // milliseconds until the next key, while somebody types

const engine = new Engine(self.siteRoot ?? new URL("../", self.location.href));
let latest = 0;

async function answer(id, request) {
  try {
    postMessage({ id, answer: await engine.search(request) });
  } catch (error) {
    postMessage({ id, error: { message: error.message, kind: error.kind ?? "failed" } });
  }
}

async function answerBox(query) {
  const number = ++latest;
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  if (number !== latest) return;
  let data;
  try {
    data = await results(engine, query);
  } catch {
    data = { items: [] };
  }
  if (number === latest) postMessage({ type: RESULT, data });
}

// From `search_start.html`.
if (self.location.hash) answer(null, { query: decodeURIComponent(self.location.hash.slice(1)) });

addEventListener("message", ({ data: message }) => {
  if (message.request) answer(message.id, message.request);
  else if (message.type === QUERY) answerBox(String(message.data));
});
