/* What the search finds around it in a worker: lunr, and an index that can be fetched. */

import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import "./lunr.js";

const { SITE } = process.env;

globalThis.self = globalThis;

/** The folder of a built index, the address of which ends in `/`. */
export const index = pathToFileURL(`${SITE}/search/`);

/** The records of the catalog, the newest first. */
export const catalog = readFileSync(`${SITE}/catalog.jsonl`, "utf-8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** The addresses that were fetched. */
export const fetched = [];

globalThis.fetch = async (url) => {
  fetched.push(String(url));
  try {
    return new Response(readFileSync(fileURLToPath(String(url))));
  } catch {
    return new Response("", { status: 404 });
  }
};
