/* Puts lunr.js where the search finds it in a worker. */

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

runInThisContext(readFileSync(process.env.LUNR, "utf-8"));
