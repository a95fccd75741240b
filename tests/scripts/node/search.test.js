import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { VERSION } from "../../../site_templates/theme/assets/search/constants.js";
import { Engine } from "../../../site_templates/theme/assets/search/engine.js";
import {
  citationsAt,
  located,
  readPack,
  resultAt,
  segmentsOf,
  withKey,
} from "../../../site_templates/theme/assets/search/packs.js";
import { best } from "../../../site_templates/theme/assets/search/ranking.js";
import { checksum, PackFile, placeOf, Shards } from "../../../site_templates/theme/assets/search/shards.js";
import { catalog, fetched, index } from "./world.js";

const current = catalog.filter(({ withdrawn }) => !withdrawn);

/** The answer to a search. */
const search = (request) => new Engine(index).search(request);

test("a paper is found by its id, with what is shown and how it is cited", async () => {
  const shards = new Shards(index);
  const segments = segmentsOf(await shards.manifest());
  for (const { id, title } of catalog) {
    const [document] = await withKey(shards, segments, id);
    const [pack, place] = await located(shards, segments, "results", document);
    assert.equal(resultAt(await shards.file(pack, readPack), place).title, title);
    const [file, at] = await located(shards, segments, "citations", document);
    const cited = citationsAt(await shards.file(file, readPack), at);
    assert.equal(cited.id, id);
    assert.match(cited.bib, /^@\w+\{/);
    assert.match(cited.ris, /^TY {2}- /);
    assert.ok(JSON.parse(cited["csl.json"]).title && cited.apa && cited.biblatex && cited.coins);
  }
  assert.deepEqual(await withKey(shards, segments, "no-such-paper"), []);
});

test("a paper is the first for its very title", async () => {
  for (const { id, title } of current) {
    const { results } = await search({ query: title });
    assert.equal(results[0].id, id, title);
  }
});

test("without words all papers are found, the newest first, and their facets counted", async () => {
  const { total, results, facets } = await search({ query: "", sort: "newest", count: 1000, facets: true });
  assert.equal(total, current.length);
  assert.deepEqual(
    results.map(({ id }) => id),
    current.map(({ id }) => id),
  );
  const years = Object.fromEntries(facets.year.map(({ value, count }) => [value, count]));
  assert.equal(
    Object.values(years).reduce((sum, count) => sum + count, 0),
    current.filter(({ published, listed }) => published || listed).length,
  );
});

test("values of one facet are alternatives, and those of another narrow further", async () => {
  const all = await search({ query: "", facets: true });
  const [one, other] = all.facets.topic;
  const [year] = all.facets.year;
  const either = await search({ query: "", facets: true, refine: { topic: [one.value, other.value] } });
  assert.ok(either.total >= Math.max(one.count, other.count) && either.total <= one.count + other.count);
  const both = await search({ query: "", facets: true, refine: { topic: [one.value], year: [year.value] } });
  assert.ok(both.total <= one.count);
  // What is counted beside a choice is what choosing instead would find.
  const beside = both.facets.topic.find(({ value }) => value === other.value);
  const instead = await search({ query: "", refine: { topic: [other.value], year: [year.value] } });
  assert.equal(beside?.count ?? 0, instead.total);
});

test("pages of results are parts of one order", async () => {
  const query = "language model";
  const whole = await search({ query, count: 30 });
  const parts = [await search({ query, count: 10 }), await search({ query, start: 10, count: 20 })];
  assert.deepEqual(
    parts.flatMap(({ results }) => results.map(({ id }) => id)),
    whole.results.map(({ id }) => id),
  );
});

test("a word that nobody wrote is offered in another spelling", async () => {
  const { total, suggestion } = await search({ query: "transfromer" });
  assert.equal(total, 0);
  assert.match(suggestion, /^transformer/);
});

test("a search fetches no file twice", async () => {
  fetched.length = 0;
  await search({ query: "transformer" });
  assert.ok(fetched.some((url) => url.endsWith("manifest.json")));
  assert.equal(new Set(fetched).size, fetched.length);
});

test("a file that is not there ends a search that was begun anew", async () => {
  const shards = new Shards(new URL("nowhere/", index));
  await assert.rejects(shards.manifest(), { kind: "missing" });
  await assert.rejects(new Engine(new URL("nowhere/", index)).search({ query: "ants" }), { kind: "missing" });
});

test("a pack that is cut short is an error and no text", () => {
  const whole = Uint8Array.from([1, 2, 1, 2, 65, 66, 67]); // two papers, a text each: A, BC
  assert.deepEqual(new PackFile(whole).texts(1), ["BC"]);
  for (let end = 1; end < whole.length; end++) {
    assert.throws(() => new PackFile(whole.slice(0, end)), { kind: "network" });
  }
  assert.throws(() => new PackFile(whole).texts(2), { kind: "network" });
});

test("a document lies in the pack, of the directory, of the segment that begin last before it", async () => {
  const [later, former] = segmentsOf({
    version: VERSION,
    segments: [
      {
        documents: 100,
        results: [
          [0, "a"],
          [60, "b"],
        ],
      },
      { documents: 20, results: [[0, "c"]] },
    ],
  });
  assert.deepEqual([later.first, former.first], [100, 0]);
  const packs = {
    a: [
      [0, "a0"],
      [30, "a1"],
    ],
    b: [
      [0, "b0"],
      [12, "b1"],
    ],
    c: [[0, "c0"]],
  };
  const shards = { file: async (name) => packs[name] };
  const cases = {
    0: ["a0", 0],
    29: ["a0", 29],
    30: ["a1", 0],
    60: ["b0", 0],
    75: ["b1", 3],
    99: ["b1", 27],
    119: ["c0", 19],
  };
  for (const [document, place] of Object.entries(cases)) {
    assert.deepEqual(await located(shards, [later, former], "results", Number(document)), place);
  }
});

test("an index of another version is outdated", () => {
  assert.throws(() => segmentsOf({ version: -1, fields: [], segments: [] }), { kind: "outdated" });
});

test("checksums are those of zlib", () => {
  for (const text of ["", "2305.02309", "大模型", "é"]) assert.equal(checksum(text), crc32(text));
});

test("what is sought is in the last file whose first is not greater", () => {
  const files = [
    [3, "a"],
    [7, "b"],
    [7, "c"],
  ];
  assert.deepEqual(
    [2, 3, 6, 7, 9].map((key) => placeOf(key, files)),
    [-1, 0, 0, 2, 2],
  );
});

test("the best of many are those that sorting all puts first", () => {
  const numbers = Int32Array.from({ length: 500 }, (_, at) => (at * 7919) % 1009);
  const compare = (one, other) => other - one;
  for (const count of [0, 1, 2, 7, 499, 500, 600]) {
    assert.deepEqual(best(numbers, count, compare), Array.from(numbers).sort(compare).slice(0, count));
  }
});
