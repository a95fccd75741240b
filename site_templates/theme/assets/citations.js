/* Citations as files. They are written once, by the build; here they are put together. */

const lines = (texts) => texts.join("\n");

/** The formats that programs read: their names, and the files that hold one or many. */
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

/** Let the browser save citations as a file; its name. */
export function download(name, format, texts) {
  const { ending, type, join } = FORMATS[format];
  const href = URL.createObjectURL(new Blob([join(texts)], { type }));
  const link = Object.assign(document.createElement("a"), { href, download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return link.download;
}
