/* The search begins while styles and modules are still on their way; `client.js` takes it over. The
   query comes with the address, since a message waits until the page has time for it. */

{
  const query = new URLSearchParams(location.search).get("q");
  if (query?.trim()) {
    try {
      const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
      const worker = new Worker(new URL(`../../search/search.js#${encodeURIComponent(query)}`, src));
      worker.onerror = () => {
        if (globalThis.startedSearch === worker) globalThis.startedSearch = null;
      };
      globalThis.startedSearch = worker;
    } catch {
      // `client.js` will say why.
    }
  }
}
