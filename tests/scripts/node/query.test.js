import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_WORDS } from "../../../site_templates/theme/assets/search/constants.js";
import { ids, read } from "../../../site_templates/theme/assets/search/query.js";

const FIELDS = ["title", "abstract", "authors", "topics", "venue", "year"];

const text = (typed) => read(typed, FIELDS).text;

test("words are folded, and keep their sign, field, distance and boost", () => {
  assert.equal(text("Attention"), "attention");
  assert.equal(text("+Müller -GPT-4"), "+muller -gpt -4");
  assert.equal(text("title:Ants author:lovelace"), "title:ants authors:lovelace");
  assert.equal(text("transfromer~1 code^3"), "transfromer~1 code^3");
});

test("distances and boosts have a limit, and a lone sign is nothing", () => {
  assert.equal(text("word~9 other^9999 third~"), "word~2 other^1000 third");
});

test("a star belongs to the word that it touches", () => {
  assert.equal(text("trans*"), "trans*");
  assert.equal(text("a-b*c"), "a b*c");
  assert.equal(text("***"), "*");
});

test("a phrase is sought as words too, unless it is prohibited", () => {
  const { phrases, clauses } = read('"large language" -"small model"', FIELDS);
  assert.deepEqual(
    phrases.map(({ words, prohibited }) => [words.join(" "), prohibited]),
    [
      ["large language", false],
      ["small model", true],
    ],
  );
  assert.deepEqual(clauses, ["large", "language"]);
});

test("years are ranges with both ends, whatever way they are written", () => {
  const cases = {
    "year:2020..2022": [2020, 2022],
    "year:2020..": [2020, 9999],
    "year:..2022": [0, 2022],
    "year:>2020": [2021, 9999],
    "year:>=2020": [2020, 9999],
    "year:<2022": [0, 2021],
    "year:<=2022": [0, 2022],
  };
  for (const [typed, [from, to]] of Object.entries(cases)) {
    assert.deepEqual(read(typed, FIELDS).filters, [{ from, to, prohibited: false }], typed);
  }
  assert.equal(text("year:2020"), "year:2020");
});

test("what a paper has is a filter, and what nothing has is a problem", () => {
  assert.equal(read("has:code -has:pdf", FIELDS).filters.length, 2);
  assert.deepEqual(read("-has:pdf", FIELDS).filters[0].prohibited, true);
  assert.match(read("has:wings", FIELDS).problem ?? "", /knows code and pdf, not “wings”/);
  assert.equal(read("has:constructor", FIELDS).filters.length, 0);
});

test("a field that there is not is said, and its parts are words", () => {
  const { problem, text } = read("CodeGen2:Lessons", FIELDS);
  assert.equal(text, "codegen2 lessons");
  assert.equal(problem, null); // no name of a field has a digit
  assert.match(read("colour:red", FIELDS).problem ?? "", /no field “colour”/);
  assert.equal(read("doi:10.1038/x", FIELDS).problem, null);
  assert.equal(read("constructor:x", FIELDS).text, "constructor x");
});

test("of very many words the first are sought, and that is said", () => {
  const { clauses, problem } = read("word ".repeat(MOST_WORDS + 1), FIELDS);
  assert.equal(clauses.length, MOST_WORDS);
  assert.match(problem ?? "", new RegExp(`first ${MOST_WORDS} words`));
});

test("an id is known in whatever dress", () => {
  const cases = {
    2305.02309: "2305.02309",
    "arXiv:2305.02309v2": "2305.02309",
    "https://arxiv.org/pdf/2305.02309v1.pdf": "2305.02309",
    "hep-th/9901001": "hep-th/9901001",
    "https://doi.org/10.1038/S41586": "10.1038/s41586",
    "https://aclanthology.org/2020.acl-main.1/": "2020.acl-main.1",
  };
  for (const [typed, id] of Object.entries(cases)) assert.deepEqual(ids(typed), [id], typed);
  assert.deepEqual(ids("attention is all you need"), []);
});
