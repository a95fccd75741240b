/* Answers questions of our pages (`{ id, request }`) and of Material's search box (`{ type, data }`).

   A classic worker, since Material starts it as one, that fetches the search when it is first asked. */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

const base = new URL("../../", self.location.href);
let engine;
let box;
let latest = 0;

/** The search itself, loaded once; again if that failed. */
function started() {
  engine ??= (async () => {
    try {
      importScripts(new URL("search/lunr.js", base));
      const { Engine } = await import("./engine.js");
      return new Engine(base);
    } catch (error) {
      engine = undefined;
      throw Object.assign(new Error("The search could not be loaded.", { cause: error }), { kind: "network" });
    }
  })();
  return engine;
}

async function answer(id, request) {
  try {
    postMessage({ id, answer: await (await started()).search(request) });
  } catch (error) {
    postMessage({ id, error: { message: error.message, kind: error.kind ?? "failed" } });
  }
}

async function answerBox(query) {
  const number = ++latest;
  await new Promise((resolve) => setTimeout(resolve, 120)); // until the next key
  if (number !== latest) return;
  box ??= import("./box.js");
  let data;
  try {
    const [{ results }, search] = await Promise.all([box, started()]);
    data = await results(search, query, base);
  } catch {
    box = undefined;
    data = { items: [], suggest: [] };
  }
  if (number === latest) postMessage({ type: RESULT, data });
}

addEventListener("message", ({ data: message }) => {
  if (message.request) answer(message.id, message.request);
  else if (message.type === SETUP) postMessage({ type: READY });
  else if (message.type === QUERY) answerBox(String(message.data));
});
