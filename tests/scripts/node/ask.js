/* Answers lines of JSON, `[module, function, ...arguments]`, with what the function returns. */

import { createInterface } from "node:readline";
import "./lunr.js";

for await (const line of createInterface({ input: process.stdin })) {
  const [module, name, ...given] = JSON.parse(line);
  const functions = await import(`../../../site_templates/theme/assets/${module}.js`);
  console.log(JSON.stringify(functions[name](...given)));
}
