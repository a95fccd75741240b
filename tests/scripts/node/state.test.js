import assert from "node:assert/strict";
import { test } from "node:test";
import { asks, chosenIn, read, sought, unrefined, written } from "../../../site_templates/theme/assets/search/state.js";

const state = (address) => read(new URLSearchParams(address));

test("an address says what it was read from", () => {
  for (const address of [
    "",
    "?q=ants",
    "?q=ants&topic=a&topic=b&year=2020&page=3",
    "?q=ants&sort=newest",
    "?sort=newest",
    "?has=code",
    "?has=code&sort=upvotes",
  ]) {
    assert.equal(written(state(address)), address);
  }
});

test("what makes no sense in an address is left out", () => {
  assert.equal(written(state("?q=ants&page=0")), "?q=ants");
  assert.equal(written(state("?q=ants&page=1e9")), "?q=ants");
  assert.equal(written(state("?q=ants&page=2.5")), "?q=ants");
  assert.equal(written(state("?q=ants&sort=best")), "?q=ants");
  assert.equal(written(state("?topic=a&topic=a&topic=&sort=relevance")), "?topic=a");
});

test("the usual order needs no word, but where nothing else is asked for", () => {
  assert.equal(written({ ...state("?q=ants"), sort: "relevance" }), "?q=ants");
  assert.equal(written({ ...state("?topic=a"), sort: "newest" }), "?topic=a");
  assert.equal(written({ ...state(""), sort: "newest" }), "?sort=newest");
});

test("words, filters or an order are something to look for", () => {
  assert.equal(asks(state("?q=+")), false);
  assert.ok(asks(state("?q=ants")) && asks(state("?year=2020")) && asks(state("?sort=upvotes")));
});

test("a search without its filters keeps its words and begins with its first page", () => {
  const all = unrefined(state("?q=ants&topic=a&year=2020&page=3"));
  assert.equal(written(all), "?q=ants");
  assert.equal(chosenIn(all), 0);
});

test("of very many values some are read", () => {
  const values = Array.from({ length: 99 }, (_, at) => `topic=${at}`).join("&");
  assert.equal(sought(new URLSearchParams(values)).refine.topic.length, 50);
});
