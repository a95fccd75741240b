/* The search: from what somebody typed to the papers that answer it. Runs in a worker. */

import { Facets } from "./facets.js";
import { located, readPack, resultAt, segmentsOf, withKey } from "./packs.js";
import { phraseMatches } from "./phrases.js";
import { ids, read } from "./query.js";
import { best, eachDocument, rank } from "./ranking.js";
import { PostingsFile, placeOf, readLengths, readOrder, Shards, withFresh } from "./shards.js";
import { isStopWord, marked, matcher, snippet, stem } from "./snippets.js";
import { Vocabulary } from "./vocabulary.js";
import { fold } from "./words.js";

/** @import { Answer, Cited, Request, Result, Sort } from "./client.js" */
/** @import { Paper, Placed } from "./packs.js" */
/** @import { Filter, Phrase, Query } from "./query.js" */
/** @import { Clause, Index, Matches, Part, Term } from "./ranking.js" */
/** @import { IsSought } from "./snippets.js" */

/** @typedef {{ index: Index, query: Query, clauses: Clause[], typing: string[], matches: Matches }} Matched */

/** @typedef {Matched & { documents: Int32Array, exact: Set<number>, isNamed: boolean, isSought: IsSought }} Found */

/** @type {Sort[]} */
const SORTS = ["relevance", "newest", "upvotes"];

/** Results up to which another spelling is offered. */
const FEW = 2;

/** Papers up to which results wait for the counts beside them, which are quick then. */
const SMALL = 500;

/** Titles that may be what was typed, at most: what is known of them is fetched to see. */
const MOST_TITLED = 20;

/** Results that are shown at first. */
const LIKELY = 10;

export class Engine {
  #shards;
  /** @type {Promise<Facets> | null} */
  #facets = null;
  /** @type {Map<number, Promise<Paper>>} */
  #papers = new Map();
  /** @type {{ key: string, found: Promise<Found> } | null} */
  #latest = null;

  /** @param {URL} folder of the index. */
  constructor(folder) {
    this.#shards = new Shards(folder);
  }

  /**
   * Answer a request.
   *
   * @param {Request} request
   * @returns {Promise<Answer | Cited | { ranking: [document: number, score: number][] }>}
   */
  search(request) {
    if (request.fresh) this.#forget();
    /** @type {() => Promise<Answer | Cited | { ranking: [number, number][] }>} */
    const task = () => (request.ranking ? this.#ranking(request.query) : this.#search(request));
    return withFresh(task, () => this.#forget());
  }

  /**
   * Every match, in lunr's order and with lunr's score.
   *
   * @param {string} typed
   * @returns {Promise<{ ranking: [document: number, score: number][] }>}
   */
  async #ranking(typed) {
    const { matches } = await this.#find(typed, false);
    const order = Array.from(matches.documents).sort((one, other) => matches.before(one, other));
    return { ranking: order.map((document) => [document, matches.scores[document]]) };
  }

  /**
   * @param {Request} request
   * @returns {Promise<Answer | Cited>}
   */
  async #search({
    query: typed,
    refine = {},
    sort,
    start = 0,
    count = 10,
    facets: wanted,
    complete = false,
    listed = false,
    cited = 0,
  }) {
    const begun = performance.now();
    const hasWords = Boolean(typed.trim());
    const found = await this.#found(typed, complete);
    const { index, query, matches, exact } = found;
    const isNarrowed = Object.values(refine).some((values) => values.length > 0);
    const isCounted = wanted === "soon" ? isNarrowed || index.size <= SMALL : wanted;
    const isSorted = !hasWords || sort === "newest" || sort === "upvotes";
    const areAll = found.isNamed && !listed; // who names a withdrawn paper finds it; lists do not have it
    const facets = isCounted || isNarrowed || isSorted || !areAll ? await this.#loadFacets(index) : null;
    const documents = areAll ? found.documents : found.documents.filter((document) => facets?.isListed(document));
    const refined = facets ? facets.refine(documents, refine) : { documents, facets: null };
    const places = isSorted ? await this.#places(index) : null;
    const order = ordering(sort, matches, facets, places, exact);
    if (cited) return this.#cited(best(refined.documents, cited, order), refined.documents.length, index);
    const shown = best(refined.documents, start + count, order).slice(start);
    return {
      total: refined.documents.length,
      results: await Promise.all(shown.map((document) => this.#result(document, found))),
      facets: isCounted ? refined.facets : null,
      sorts: SORTS.filter((one) => (one !== "relevance" || hasWords) && (one !== "upvotes" || index.isVoted)),
      strict: withAllWords(found),
      suggestion: found.documents.length <= FEW ? await this.#suggestion(typed, query, index) : null,
      problem: query.problem,
      words: [...new Set(query.words)].filter((word) => !isStopWord(word)),
      milliseconds: performance.now() - begun,
    };
  }

  /**
   * Only where the citations of what was found lie, and how many there are in all.
   *
   * @param {number[]} documents
   * @param {number} total
   * @param {Index} index
   * @returns {Promise<Cited>}
   */
  async #cited(documents, total, { segments }) {
    const places = Array.from(documents, (document) => located(this.#shards, segments, "citations", document));
    return { total, places: await Promise.all(places) };
  }

  /**
   * What a query finds. The last one is kept, since it is narrowed, sorted and paged through.
   *
   * @param {string} typed
   * @param {boolean} complete
   */
  #found(typed, complete) {
    const key = JSON.stringify([typed, complete]);
    if (this.#latest?.key === key) return this.#latest.found;
    const found = this.#find(typed, complete).then((matched) => this.#finish(typed, matched));
    this.#latest = { key, found };
    found.catch(() => (this.#latest = null));
    return found;
  }

  /**
   * What lunr finds.
   *
   * @param {string} typed
   * @param {boolean} complete
   * @returns {Promise<Matched>}
   */
  async #find(typed, complete) {
    const index = await this.#index();
    const query = read(typed, index.fieldNames);
    const clauses = await this.#clauses(query, index);
    const typing = complete ? await this.#complete(typed, query, clauses, index) : [];
    const phrases = query.phrases.flatMap(({ words }) => words.map(stem));
    index.terms = await this.#terms([...new Set([...clauses.flatMap(({ expanded }) => expanded), ...phrases])], index);
    for (const clause of clauses) clause.expanded = clause.expanded.filter((term) => index.terms.has(term));
    return { index, query, clauses, typing, matches: rank(clauses, index) };
  }

  /**
   * What goes beyond lunr: phrases, filters, and what is meant by its very title or id.
   *
   * @param {string} typed
   * @param {Matched} matched
   * @returns {Promise<Found>}
   */
  async #finish(typed, matched) {
    const { index, query, clauses, typing, matches } = matched;
    const [exact, beyond] = await Promise.all([this.#exact(typed, index, matches), this.#beyond(query, index)]);
    const isNamed = exact.length > 0 || [...clauses, ...query.phrases].some(isNaming);
    const isOfWords = clauses.length || (typed.trim() && !beyond);
    let documents = isOfWords ? matches.documents : everything(index.size);
    if (beyond) documents = documents.filter(beyond);
    if (exact.some((document) => !documents.includes(document))) {
      documents = Int32Array.from(new Set([...exact, ...documents]));
    }
    const isSought = matcher([...index.terms.keys()], typing);
    return { ...matched, documents, exact: new Set(exact), isSought, isNamed };
  }

  /**
   * What the manifest says, ready for ranking.
   *
   * @returns {Promise<Index>}
   */
  async #index() {
    const manifest = await this.#shards.manifest();
    const segments = segmentsOf(manifest);
    const { fields, flags } = manifest;
    const size = segments.reduce((sum, { documents }) => sum + documents, 0);
    return {
      size,
      segments,
      flags,
      fieldNames: fields.map(([name]) => name),
      boosts: fields.map(([, boost]) => boost),
      isVoted: segments.some(({ voted }) => voted),
      averages: fields.map((_, field) => segments.reduce((sum, { totals }) => sum + totals[field], 0) / size),
      vocabulary: new Vocabulary(this.#shards, segments),
      terms: new Map(),
    };
  }

  /**
   * The clauses of a query as lunr's parser reads them, each with the terms it stands for.
   *
   * @param {Query} query
   * @param {Index} index
   * @returns {Promise<Clause[]>}
   */
  async #clauses(query, index) {
    const parsed = new lunr.Query(index.fieldNames);
    new lunr.QueryParser(query.text, parsed).parse();
    return Promise.all(
      parsed.clauses.map(async (clause) => {
        const sought = clause.term;
        if (clause.usePipeline) clause.term = stem(sought);
        const { terms, left } = await index.vocabulary.expand(clause);
        if (left > 0)
          query.problem = `\u201c${sought}\u201d stands for ${(terms.length + left).toLocaleString("en")} words; the ${terms.length.toLocaleString("en")} commonest were looked for.`;
        return Object.assign(clause, { expanded: terms });
      }),
    );
  }

  /**
   * Let the last word, which is still being typed, stand for what it may become; that word.
   *
   * @param {string} typed
   * @param {Query} query
   * @param {Clause[]} clauses
   * @param {Index} index
   */
  async #complete(typed, query, clauses, index) {
    const words = fold(/[\p{L}\p{N}.]+$/u.exec(typed)?.[0] ?? "").split(" ");
    const last = words[words.length - 1];
    const clause = clauses.at(-1);
    const isSought = query.clauses.at(-1)?.endsWith(last); // not of a filter, say
    if (last.length < 2 || !clause || !isSought || clause.presence === lunr.Query.presence.PROHIBITED) return [];
    const terms = await index.vocabulary.completions(last);
    clause.expanded = [...new Set([...clause.expanded, ...terms])];
    return [last];
  }

  /**
   * The postings of terms, by term, for all that are in the index.
   *
   * @param {string[]} names
   * @param {Index} index
   */
  async #terms(names, index) {
    /** @type {Map<string, Term>} */
    const found = new Map();
    await Promise.all(
      names.map(async (name) => {
        const parts = await Promise.all(
          index.segments.map(async (segment) => {
            /** @type {Part[]} */
            const none = [];
            const place = placeOf(name, segment.postings);
            if (place < 0) return none;
            const [file, abstracts] = await Promise.all([
              this.#shards.file(segment.postings[place][1], (data) => new PostingsFile(data)),
              this.#shards.file(segment.abstracts, readLengths(segment.documents)),
            ]);
            /** @type {(Int32Array | undefined)[]} */
            const known = [];
            known[index.fieldNames.indexOf("abstract")] = abstracts;
            const postings = file.postings(name, index.fieldNames.length, known);
            return postings ? [{ ...postings, first: segment.first, positions: file.positions }] : none;
          }),
        );
        const there = parts.flat();
        if (there.length === 0) return;
        const total = there.reduce(
          (sum, { fields }) => fields.reduce((inner, { documents }) => inner + documents.length, sum),
          0,
        );
        found.set(name, { total, parts: there });
      }),
    );
    return found;
  }

  /**
   * A test for phrases and filters; nothing where a query has none.
   *
   * @param {Query} query
   * @param {Index} index
   * @returns {Promise<((document: number) => boolean) | null>}
   */
  async #beyond({ phrases, filters }, index) {
    if (phrases.length === 0 && filters.length === 0) return null;
    const facets = filters.length ? await this.#loadFacets(index) : null;
    const marks = await Promise.all(phrases.map((phrase) => phraseMatches(phrase, index, this.#shards)));
    return (document) =>
      phrases.every(({ prohibited }, place) => Boolean(marks[place][document]) !== prohibited) &&
      filters.every((filter) => facets?.passes(filter, document));
  }

  /**
   * The documents that what was typed is the very title or an id of.
   *
   * @param {string} typed
   * @param {Index} index
   * @param {Matches} matches
   */
  async #exact(typed, index, matches) {
    const title = fold(typed);
    const words = title.split(" ").filter((word) => word && !isStopWord(word));
    const sought = [...ids(typed), ...(words.length ? [] : [title])].filter(Boolean);
    const byKey = await Promise.all(sought.map((key) => withKey(this.#shards, index.segments, key)));
    const candidates = new Set([...byKey.flat(), ...titled(words, index).slice(0, MOST_TITLED)]);
    if (candidates.size) {
      // What is likely to be shown need not wait for these.
      const likely = best(matches.documents, LIKELY, (one, other) => matches.before(one, other));
      for (const document of likely) this.#paper(document, index).catch(() => {});
    }
    const checked = await Promise.all(
      Array.from(candidates, async (document) => {
        const paper = await this.#paper(document, index);
        const own = [paper.arxiv, paper.doi, paper.anthology].map((id) => id?.toLowerCase());
        return fold(paper.title) === title || sought.some((key) => own.includes(key)) ? [document] : [];
      }),
    );
    return checked.flat();
  }

  /**
   * What a result shows of a document, read once.
   *
   * @param {number} document
   * @param {Index} index
   */
  #paper(document, index) {
    const before = this.#papers.get(document);
    if (before) return before;
    const paper = this.#fetchPaper(document, index);
    this.#papers.set(document, paper);
    paper.catch(() => this.#papers.delete(document));
    return paper;
  }

  /**
   * @param {number} document
   * @param {Index} index
   */
  async #fetchPaper(document, { segments }) {
    const [name, place] = await located(this.#shards, segments, "results", document);
    return resultAt(await this.#shards.file(name, readPack), place);
  }

  /**
   * @param {number} document
   * @param {Found} found
   * @returns {Promise<Result>}
   */
  async #result(document, { index, matches, isSought }) {
    const paper = await this.#paper(document, index);
    return {
      id: paper.id,
      number: document,
      score: matches.scores[document],
      paper,
      title: marked(paper.plain_title ?? paper.title, isSought),
      snippet: snippet(paper.abstract ?? "", isSought),
    };
  }

  /**
   * The query with its unknown words replaced by known ones, if there are such.
   *
   * @param {string} typed
   * @param {Query} query
   * @param {Index} index
   */
  async #suggestion(typed, query, index) {
    let corrected = typed;
    for (const word of new Set(query.words)) {
      if (index.terms.has(stem(word)) || word.length < 4) continue;
      const near = await index.vocabulary.near(word);
      if (near) corrected = replaceWord(corrected, word, near);
    }
    return corrected === typed ? null : corrected;
  }

  /** @param {Index} index */
  #loadFacets(index) {
    this.#facets ??= Facets.load(this.#shards, index).catch((error) => {
      this.#facets = null;
      throw error;
    });
    return this.#facets;
  }

  /** @param {Index} index whose documents have these places in the order of the catalog, the oldest first. */
  async #places({ segments, size }) {
    const places = new Int32Array(size);
    const moved = segments.map(({ order, documents }) => this.#shards.file(order, readOrder(documents)));
    for (const [at, some] of (await Promise.all(moved)).entries()) {
      const { first } = segments[at];
      places.set(
        some.map((by, document) => first + document + by),
        first,
      );
    }
    return places;
  }

  #forget() {
    this.#shards.forget();
    this.#facets = null;
    this.#papers.clear();
    this.#latest = null;
  }
}

/** @param {Found} found how many papers have all the words of which one is enough, and the query that finds these. */
function withAllWords({ query, clauses, index, documents }) {
  const known = [...clauses.entries()].filter(([, { expanded }]) => expanded.length);
  const optional = known.filter(
    ([, { presence, term }]) => presence === lunr.Query.presence.OPTIONAL && !isStopWord(term),
  );
  if (optional.length < 2) return null;
  const counts = new Uint8Array(index.size);
  for (const [place, [, clause]] of optional.entries()) {
    const fields = clause.fields.map((name) => index.fieldNames.indexOf(name));
    for (const term of clause.expanded) {
      for (const field of fields) {
        eachDocument(/** @type {Term} */ (index.terms.get(term)), field, (document) => {
          if (counts[document] === place) counts[document]++;
        });
      }
    }
  }
  const total = documents.reduce((sum, document) => sum + Number(counts[document] === optional.length), 0);
  if (total === 0 || total === documents.length) return null;
  const words = known
    .filter(([, { term }]) => !isStopWord(term))
    .map(([place, { presence }]) => (presence === lunr.Query.presence.OPTIONAL ? "+" : "") + query.clauses[place]);
  return { total, query: words.join(" ") };
}

/**
 * The documents whose titles are as long as what was typed and have all its words.
 *
 * @param {string[]} words
 * @param {Index} index
 */
function titled(words, index) {
  const field = index.fieldNames.indexOf("title");
  const terms = [...new Set(words.map(stem))].flatMap((name) => index.terms.get(name) ?? []);
  if (terms.length === 0) return [];
  const [rarest, ...others] = terms.sort((one, other) => one.total - other.total);
  const all = others.map((term) => {
    /** @type {Set<number>} */
    const documents = new Set();
    eachDocument(term, field, (document) => documents.add(document));
    return documents;
  });
  return rarest.parts.flatMap(({ first, fields }) => {
    if (!fields[field]) return [];
    const { documents, lengths } = fields[field];
    return Array.from(documents, (document) => first + document).filter(
      (document, place) => lengths[place] === words.length && all.every((one) => one.has(document)),
    );
  });
}

/**
 * Whether a clause or a phrase has words that a paper should have, and is not of years alone.
 *
 * @param {Partial<Clause> & Partial<Phrase>} part
 */
function isNaming({ term = "", fields = [], presence, prohibited }) {
  const isProhibited = prohibited || presence === lunr.Query.presence.PROHIBITED;
  return !isProhibited && fields.some((field) => field !== "year") && !/^\*+$/.test(term);
}

/** @param {number} size */
function everything(size) {
  return Int32Array.from({ length: size }, (_, document) => document);
}

/**
 * How to sort: what was asked for by name always first, unless another order is wanted.
 *
 * @param {string | undefined} sort
 * @param {Matches} matches
 * @param {Facets | null} facets for upvotes.
 * @param {Int32Array | null} places in the order of the catalog, for all orders but that of relevance.
 * @param {Set<number>} exact
 * @returns {(one: number, other: number) => number}
 */
function ordering(sort, matches, facets, places, exact) {
  if (places) {
    const votes = sort === "upvotes" && facets ? facets.upvotes : null;
    return (one, other) => (votes ? votes[other] - votes[one] : 0) || places[other] - places[one];
  }
  return (one, other) => Number(exact.has(other)) - Number(exact.has(one)) || matches.before(one, other);
}

/**
 * @param {string} text
 * @param {string} word
 * @param {string} by
 */
function replaceWord(text, word, by) {
  return text.replace(/[\p{L}\p{N}\p{M}.]+/gu, (found) => (fold(found) === word ? by : found));
}
