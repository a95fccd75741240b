/* Citations as files. They are written once, by the build; here they are put together. */

import { FRAMES } from "./search/constants.js";

/** @typedef {{ name: string, ending: string, type: string }} Format of files. */

/**
 * The formats that programs read: their names, and the files that hold one or many.
 *
 * @type {Record<string, Format>}
 */
export const FORMATS = {
  bib: { name: "BibTeX", ending: "bib", type: "application/x-bibtex" },
  biblatex: { name: "BibLaTeX", ending: "biblatex.bib", type: "application/x-bibtex" },
  ris: { name: "RIS", ending: "ris", type: "application/x-research-info-systems" },
  "csl.json": {
    name: "CSL-JSON",
    ending: "json",
    type: "application/vnd.citationstyles.csl+json",
  },
};

/**
 * The text of a file of citations.
 *
 * @param {string} format one of `FORMATS`.
 * @param {string[]} texts
 */
export function joined(format, texts) {
  const [head, between, tail] = FRAMES[format] ?? ["", "\n", ""];
  return head + texts.join(between) + tail;
}

/**
 * Let the browser save citations as a file; its name.
 *
 * @param {string} name without its ending.
 * @param {string} format one of `FORMATS`.
 * @param {string[]} texts
 */
export function download(name, format, texts) {
  const { ending, type } = FORMATS[format];
  const href = URL.createObjectURL(new Blob([joined(format, texts)], { type }));
  const link = Object.assign(document.createElement("a"), { href, download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return link.download;
}
