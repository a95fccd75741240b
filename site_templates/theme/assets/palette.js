/* Before anything is painted: the colours that the reader chose, as Material's script keeps them. */

/* global __md_get */

{
  const chosen = __md_get("__palette")?.color;
  const isOfSystem = chosen?.media === "(prefers-color-scheme)";
  const options = JSON.parse(document.currentScript.dataset.palette ?? "[]");
  const option = isOfSystem && options.find(({ media }) => media !== chosen.media && matchMedia(media).matches);
  for (const key of chosen ? ["scheme", "primary", "accent"] : []) {
    document.body.setAttribute(`data-md-color-${key}`, option?.[key]?.replaceAll(" ", "-") ?? chosen[key]);
  }
  if (chosen) document.body.setAttribute("data-md-color-media", chosen.media);
}
