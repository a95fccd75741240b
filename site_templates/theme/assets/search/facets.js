/* What is counted beside the results, and what results can be narrowed by. */

import { HAS } from "./constants.js";
import { readFacets } from "./shards.js";

const MOST_VALUES = 50;
/** @import { Filter } from "./query.js" */
/** @import { Index } from "./ranking.js" */
/** @import { Columns, Shards } from "./shards.js" */

/** @typedef {{ value: string, name: string, count: number }} Value of a facet. */

/** @typedef {Record<string, Value[]>} Counts of facets. */

/** @typedef {Record<string, string[]>} Refinement values of facets, by facet: alternatives. */

/** @type {Record<string, string>} */
const NAMES = { code: "Code", pdf: "PDF" };

/** Year, flags, upvotes, venue and topics of every document. */
export class Facets {
  #topics = new Values();
  #venues = new Values();
  #years = new Values();
  #has = new Values();

  /**
   * Read the columns of all segments.
   *
   * @param {Shards} shards
   * @param {Pick<Index, "segments" | "size" | "flags">} index
   */
  static async load(shards, { segments, size, flags }) {
    const parts = await Promise.all(
      segments.map(({ facets, documents }) => shards.file(facets, readFacets(documents))),
    );
    return new Facets(
      segments.map(({ first }, at) => ({ first, ...parts[at] })),
      size,
      flags,
    );
  }

  /**
   * @param {(Columns & { first: number })[]} parts
   * @param {number} size
   * @param {string[]} flags
   */
  constructor(parts, size, flags) {
    this.bits = Object.fromEntries(flags.map((flag, place) => [flag, 1 << place]));
    for (const kind of HAS) this.#has.number(kind, NAMES[kind]);
    this.years = new Int32Array(size);
    this.flags = new Int32Array(size);
    this.upvotes = new Int32Array(size);
    this.venue = new Int32Array(size);
    this.topicStarts = new Int32Array(size + 1);
    this.topic = new Int32Array(parts.reduce((sum, { topic }) => sum + topic.length, 0));
    let at = 0;
    for (const part of parts.toReversed()) {
      this.years.set(part.years, part.first);
      this.flags.set(part.flags, part.first);
      this.upvotes.set(part.upvotes, part.first);
      const venues = part.venues.map((name) => this.#venues.number(name, name));
      this.venue.set(
        part.venue.map((number) => venues[number]),
        part.first,
      );
      const topics = part.topics.map(([slug, name]) => this.#topics.number(slug, name));
      this.topic.set(
        part.topic.map((number) => topics[number]),
        at,
      );
      this.topicStarts.set(
        part.topicStarts.map((start) => start + at),
        part.first,
      );
      at += part.topic.length;
    }
    this.year = this.years.map((year) => this.#years.number(String(year), String(year)));
    this.isVoted = this.upvotes.some((votes) => votes > 0);
  }

  /** @param {number} document whether it is in the lists, which withdrawn papers are not. */
  isListed(document) {
    return (this.flags[document] & this.bits.withdrawn) === 0;
  }

  /**
   * Whether a document passes a filter of the query.
   *
   * @param {Filter} filter
   * @param {number} document
   */
  passes(filter, document) {
    const year = this.years[document];
    const is = filter.has
      ? (this.flags[document] & this.bits[filter.has]) !== 0
      : year > 0 && year >= (filter.from ?? 0) && year <= (filter.to ?? Infinity);
    return is !== filter.prohibited;
  }

  /**
   * Narrow documents down, and count what they could be narrowed down by further.
   *
   * The values of one facet are alternatives; so each facet counts what all others leave.
   *
   * @param {Int32Array} documents
   * @param {Refinement} chosen
   * @returns {{ documents: Int32Array, facets: Counts }} as in the answer to a search.
   */
  refine(documents, chosen) {
    const columns = {
      topic: new Column(this.#topics, chosen.topic, (document, each) => {
        for (let at = this.topicStarts[document]; at < this.topicStarts[document + 1]; at++) each(this.topic[at]);
      }),
      year: new Column(this.#years, chosen.year, (document, each) => each(this.year[document])),
      venue: new Column(this.#venues, chosen.venue, (document, each) => each(this.venue[document])),
      has: new Column(this.#has, chosen.has, (document, each) => {
        for (const [number, kind] of HAS.entries()) if (this.flags[document] & this.bits[kind]) each(number);
      }),
    };
    const all = Object.values(columns);
    const active = all.filter(({ wanted }) => wanted);
    const kept = documents.filter((document) => {
      const against = active.filter((column) => !column.fits(document));
      if (against.length < 2) for (const column of against.length ? against : all) column.count(document);
      return against.length === 0;
    });
    const facets = Object.fromEntries(
      Object.entries(columns).map(([facet, column]) => [facet, column.values(facet === "year")]),
    );
    return { documents: kept, facets };
  }
}

/** The different values of a facet, by number. */
class Values {
  /** @type {Map<string, number>} */
  #numbers = new Map();
  /** @type {{ value: string, name: string }[]} */
  all = [];

  /**
   * @param {string} value
   * @param {string} name
   */
  number(value, name, number = this.#numbers.get(value) ?? this.all.length) {
    this.#numbers.set(value, number);
    this.all[number] = { value, name };
    return number;
  }
}

/** One facet of a search: what is chosen in it, and how many documents have each value. */
class Column {
  /**
   * @param {Values} values
   * @param {string[] | undefined} chosen
   * @param {(document: number, each: (number: number) => void) => void} each of a document's values.
   */
  constructor(values, chosen = [], each) {
    this.known = values.all;
    this.each = each;
    this.counts = new Int32Array(this.known.length);
    this.chosen = new Set(chosen);
    this.wanted = chosen.length ? this.known.map(({ value }) => this.chosen.has(value)) : null;
  }

  /** @param {number} document */
  fits(document) {
    let is = false;
    this.each(document, (number) => (is ||= Boolean(this.wanted?.[number])));
    return is;
  }

  /** @param {number} document */
  count(document) {
    this.each(document, (number) => this.counts[number]++);
  }

  /** @param {boolean} inOrder as years are; else what is chosen, and the commonest. */
  values(inOrder) {
    const found = this.known
      .map((known, number) => ({ ...known, count: this.counts[number] }))
      .filter(({ value, count }) => value && value !== "0" && (count > 0 || this.chosen.has(value)))
      .sort((one, other) =>
        inOrder
          ? Number(other.value) - Number(one.value)
          : other.count - one.count || one.name.localeCompare(other.name, "en"),
      );
    return found.filter(({ value }, place) => place < MOST_VALUES || this.chosen.has(value));
  }
}
