import assert from "node:assert/strict";
import { test } from "node:test";
import { joined } from "../../../site_templates/theme/assets/citations.js";
import { marked, matcher, snippet, stem } from "../../../site_templates/theme/assets/search/snippets.js";
import { fold, foldSought } from "../../../site_templates/theme/assets/search/words.js";
import { catalog } from "./world.js";

const bold = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? `*${text}*` : text)).join("");

test("words are marked by their stem, in whatever letters they are written", () => {
  const isSought = matcher([stem("quantization"), stem("muller")]);
  assert.equal(bold(marked("Quantized by Müller, quanta not.", isSought)), "*Quantized* by *Müller*, quanta not.");
});

test("a word that is still typed is marked from its beginning", () => {
  assert.equal(bold(marked("Transformers transfer", matcher([], ["transfo"]))), "*Transformers* transfer");
});

test("stop words are not marked", () => {
  assert.equal(bold(marked("the ants", matcher(["the", "ant"]))), "the *ants*");
});

test("pieces of any text are all of it", () => {
  for (const { title, abstract = "" } of catalog) {
    const text = `${title} ${abstract}`;
    const pieces = marked(text, (word) => word.length % 2 === 0);
    assert.equal(pieces.map(([piece]) => piece).join(""), text);
  }
});

test("a snippet has what was looked for, from the sentence in which it is", () => {
  const text = `${"Nothing of note. ".repeat(40)}Here are the ants and the bees. ${"Nothing more. ".repeat(40)}`;
  const found = bold(snippet(text, matcher(["ant", "bee"])));
  assert.match(found, /^… Here are the \*ants\* and the \*bees\*\. .* …$/);
  assert.ok(found.length < 300);
});

test("a snippet of what stands near the beginning is the beginning", () => {
  assert.match(
    bold(snippet(`Of old, ants came. ${"Nothing more. ".repeat(40)}`, matcher(["ant"]))),
    /^Of old, \*ants\*/,
  );
});

test("runs of Chinese letters are sought by their pairs", () => {
  assert.equal(fold("大模型"), "大模 模型 型");
  assert.equal(foldSought("大模型"), "大模 模型");
  assert.equal(foldSought("大"), "大*");
});

test("a file of several citations is what a reader of its format takes", () => {
  assert.equal(joined("bib", ["@a{\n}\n", "@b{\n}\n"]), "@a{\n}\n\n@b{\n}\n");
  assert.deepEqual(JSON.parse(joined("csl.json", ['{"id": "a"}', '{"id": "b"}'])), [{ id: "a" }, { id: "b" }]);
});
