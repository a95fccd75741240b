/* Citations as files. They are written once, on the pages of the papers; here they are put together. */

import { Gone, page } from "./pages.js";

/** The formats that programs read: their names, and the files that hold one or many. */
export const FORMATS = {
  bib: { name: "BibTeX", ending: "bib", type: "application/x-bibtex", join: (all) => `${all.join("\n\n")}\n` },
  biblatex: { name: "BibLaTeX", ending: "biblatex.bib", type: "application/x-bibtex", join: (all) => `${all.join("\n\n")}\n` },
  // Readers look for the space after the last tag, which HTML may have lost.
  ris: {
    name: "RIS",
    ending: "ris",
    type: "application/x-research-info-systems",
    join: (all) => `${all.map((one) => one.replace(/^ER {2}-\s*$/m, "ER  - ")).join("\n\n")}\n`,
  },
  "csl.json": {
    name: "CSL-JSON",
    ending: "json",
    type: "application/vnd.citationstyles.csl+json",
    join: (all) => `[\n${all.join(",\n")}\n]\n`,
  },
};

const known = new Map(); // the citations of a paper, by its id

/** How the paper with this id is cited in a format. Fails with `Gone` where there is none. */
export async function citation(id, format, base) {
  if (!known.has(id)) {
    const { document: paper } = await page(new URL(`papers/${encodeURIComponent(id)}/`, base));
    const shown = [...paper.querySelectorAll("[data-cite] pre")];
    if (!shown.length) throw new Gone(id); // some hosts answer with another page
    known.set(id, new Map(shown.map((pre) => [pre.closest("[data-cite]").dataset.cite, pre.textContent.trim()])));
  }
  const text = known.get(id).get(format);
  if (!text) throw new Error(`${id} has no citation as ${format}.`);
  return text;
}

/** Let the browser save citations as a file; its name. */
export function download(name, format, texts) {
  const { ending, type, join } = FORMATS[format];
  const href = URL.createObjectURL(new Blob([join(texts)], { type }));
  const link = Object.assign(document.createElement("a"), { href, download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return link.download;
}
