/* What Material starts as its worker on every page: it fetches the search when somebody types. */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

addEventListener("message", function listen({ data }) {
  if (data.type === SETUP) postMessage({ type: READY });
  if (data.type !== QUERY) return;
  self.siteRoot = new URL("../../", self.location.href);
  try {
    importScripts(new URL("search/search.js", self.siteRoot));
  } catch {
    postMessage({ type: RESULT, data: { items: [] } }); // and tries again with the next key
    return;
  }
  removeEventListener("message", listen);
  dispatchEvent(new MessageEvent("message", { data }));
});
