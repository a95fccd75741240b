/* What Material's scripts keep in this browser, by the names that they use; before any of them.

   Where nothing may be kept, as where all cookies are blocked, asking for `localStorage` fails. Then
   nothing is kept, and all else works. */

{
  const { src, dataset } = document.currentScript;
  const named = (key, scope) => `${scope.pathname}.${key}`;

  globalThis.__md_scope = dataset.scope ? new URL(dataset.scope, location) : new URL("../", src);
  globalThis.__md_hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);

  globalThis.__md_get = (key, store, scope = globalThis.__md_scope) => {
    try {
      return JSON.parse((store ?? localStorage).getItem(named(key, scope)));
    } catch {
      return null;
    }
  };

  globalThis.__md_set = (key, value, store, scope = globalThis.__md_scope) => {
    try {
      (store ?? localStorage).setItem(named(key, scope), JSON.stringify(value));
    } catch {
      // Then the next page does not know.
    }
  };
}
