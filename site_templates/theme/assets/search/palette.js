/* The switch between light and dark, as Material's script does it on every other page. */

/* global __md_get, __md_set */

const options = [...document.querySelectorAll("[data-md-component=palette] input")];

function choose(index) {
  const { mdColorMedia, mdColorScheme, mdColorPrimary, mdColorAccent } = options[index].dataset;
  const color = { media: mdColorMedia, scheme: mdColorScheme, primary: mdColorPrimary, accent: mdColorAccent };
  for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
  options.forEach((option, place) => {
    option.checked = place === index;
    option.nextElementSibling.hidden = place !== index;
  });
  return color;
}

/** Show the palette that was chosen before, else the one of the system. */
export function startPalette() {
  document.documentElement.classList.replace("no-js", "js");
  if (options.length === 0) return;
  const preferred = options.findIndex(({ dataset }) => matchMedia(dataset.mdColorMedia).matches);
  const known = __md_get("__palette")?.index;
  choose(options[known] ? known : Math.max(preferred, 0));
  options.forEach((option, index) => {
    option.addEventListener("change", () => __md_set("__palette", { index, color: choose(index) }));
  });
}
