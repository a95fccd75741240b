/* Citations as files. They are written once, by the build; here they are put together. */

/** @param {string[]} texts */
const lines = (texts) => texts.join("\n");

/** @typedef {{ name: string, ending: string, type: string, join: (texts: string[]) => string }} Format of files. */

/**
 * The formats that programs read: their names, and the files that hold one or many.
 *
 * @type {Record<string, Format>}
 */
export const FORMATS = {
  bib: { name: "BibTeX", ending: "bib", type: "application/x-bibtex", join: lines },
  biblatex: { name: "BibLaTeX", ending: "biblatex.bib", type: "application/x-bibtex", join: lines },
  ris: { name: "RIS", ending: "ris", type: "application/x-research-info-systems", join: lines },
  "csl.json": {
    name: "CSL-JSON",
    ending: "json",
    type: "application/vnd.citationstyles.csl+json",
    join: (texts) => `[\n${texts.join(",\n")}\n]\n`,
  },
};

/**
 * Let the browser save citations as a file; its name.
 *
 * @param {string} name without its ending.
 * @param {string} format one of `FORMATS`.
 * @param {string[]} texts
 */
export function download(name, format, texts) {
  const { ending, type, join } = FORMATS[format];
  const href = URL.createObjectURL(new Blob([join(texts)], { type }));
  const link = Object.assign(document.createElement("a"), { href, download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return link.download;
}
