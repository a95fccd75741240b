/* Before anything is painted: the colours that the reader chose, as Material's script keeps them. */

/* global __md_get */

{
  const chosen = __md_get("__palette")?.color;
  const isOfSystem = chosen?.media === "(prefers-color-scheme)";
  const media = `(prefers-color-scheme: ${matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"})`;
  const option = isOfSystem && document.querySelector(`[data-md-color-media="${media}"]`);
  for (const [key, value] of Object.entries(chosen ?? {})) {
    const name = `data-md-color-${key}`;
    document.body.setAttribute(name, option ? option.getAttribute(name) : value);
  }
}
