/* lunr's ranking, from postings instead of whole vectors: the same sums of the same numbers in the
   same order, so that scores agree with lunr.js to the last bit, and so does the order of papers. */

const K1 = 1.2;
const B = 0.75;

/** @import { Placed } from "./packs.js" */
/** @import { Field } from "./shards.js" */
/** @import { Vocabulary } from "./vocabulary.js" */

/** @typedef {lunr.Clause & { expanded: string[] }} Clause with the terms that it stands for, in lunr's order. */

/**
 * The postings of a term: how many in all, and for each segment, the last first, those of each field.
 *
 * @typedef {object} Part
 * @property {number} first document of the segment.
 * @property {number} ordinal see FORMAT.md.
 * @property {number} place of the term in its file of positions.
 * @property {string} positions the name of that file.
 * @property {Field[]} fields with holes.
 *
 * @typedef {{ total: number, parts: Part[] }} Term
 */

/**
 * What the manifest says, and what was fetched for a query.
 *
 * @typedef {object} Index
 * @property {number} size documents in all.
 * @property {Placed[]} segments the last one first.
 * @property {string[]} flags
 * @property {string[]} fieldNames
 * @property {number[]} boosts of each field.
 * @property {number[]} averages of the length of each field.
 * @property {boolean} isVoted whether any paper has upvotes.
 * @property {Vocabulary} vocabulary
 * @property {Map<string, Term>} terms by name.
 */

/** @typedef {{ term: Term, weights: number[], steps: number[] }} QueryTerm by field, with holes. */

/** @typedef {{ steps: Int32Array, scores: Float64Array, magnitude: number }} Scored documents of a field. */

/**
 * What matches the clauses of a `lunr.Query`, and how well.
 *
 * @param {Clause[]} clauses whose terms are in the index.
 * @param {Pick<Index, "size" | "boosts" | "averages" | "fieldNames" | "terms">} index
 */
export function rank(clauses, index) {
  const matches = new Matches(index);
  /** @type {Map<string, QueryTerm>} */
  const queryTerms = new Map();
  /** @type {Uint8Array | null} */
  let required = null;
  /** @type {Uint8Array | null} */
  let prohibited = null;
  let step = 0;

  for (const clause of clauses) {
    const fields = clause.fields.map((name) => index.fieldNames.indexOf(name));
    const isProhibited = clause.presence === lunr.Query.presence.PROHIBITED;
    const isRequired = clause.presence === lunr.Query.presence.REQUIRED;
    if (isProhibited) prohibited ??= new Uint8Array(index.size);
    /** @type {Uint8Array | null} of documents that the clause matches; nobody asks of optional ones. */
    const marks = isRequired ? new Uint8Array(index.size) : isProhibited ? prohibited : null;
    for (const name of clause.expanded) {
      const term = /** @type {Term} */ (index.terms.get(name));
      const queryTerm = queryTerms.get(name) ?? { term, weights: [], steps: [] };
      for (const field of fields) {
        if (marks) eachDocument(term, field, (document) => (marks[document] = 1));
        if (isProhibited) continue;
        queryTerms.set(name, queryTerm);
        const { weights, steps } = queryTerm;
        steps[field] ??= ++step;
        weights[field] = (weights[field] ?? 0) + clause.boost;
      }
    }
    if (!isRequired || !marks) continue;
    if (required) required = required.map((is, document) => is & marks[document]);
    else required = marks;
  }

  const ordered = [...queryTerms.values()].sort((one, other) => asMet(one.term, other.term));
  for (const field of index.fieldNames.keys()) matches.score(ordered, field);
  if (clauses.length > 0 && clauses.every((clause) => clause.presence === lunr.Query.presence.PROHIBITED)) {
    matches.meetAll();
  }
  matches.close(required, prohibited);
  return matches;
}

/**
 * Calls `each` with every document that has a term in a field.
 *
 * @param {Term} term
 * @param {number} field
 * @param {(document: number) => void} each
 */
export function eachDocument(term, field, each) {
  for (const { first, fields } of term.parts) {
    for (const document of fields[field]?.documents ?? []) each(first + document);
  }
}

/**
 * lunr meets the latest documents first, and numbers terms as it meets them.
 *
 * @param {Term} one
 * @param {Term} other
 */
function asMet(one, other) {
  const [a, b] = [one.parts[0], other.parts[0]];
  return b.first + lastOf(b) - (a.first + lastOf(a)) || a.ordinal - b.ordinal;
}

/** @param {Part} part whose last document this is, counted from its first. */
function lastOf({ fields }) {
  return Math.max(...fields.filter(Boolean).map(({ documents }) => documents[documents.length - 1]));
}

/** The documents that match, each with its score and when it was first met. */
export class Matches {
  #index;
  /** @type {Scored[]} */
  #fields = []; // what is known of each field: when and with which score documents were met in it
  #isMet;
  #met;
  #count = 0;

  /** @param {Pick<Index, "size" | "boosts" | "averages">} index */
  constructor(index) {
    this.#index = index;
    this.#isMet = new Uint8Array(index.size);
    this.#met = new Int32Array(index.size);
    this.documents = this.#met;
    this.scores = new Float64Array(index.size);
    this.steps = new Int32Array(index.size);
  }

  meetAll() {
    const { steps } = this.#field(0);
    for (let document = 0; document < steps.length; document++) {
      steps[document] = 1;
      this.#add(document);
    }
  }

  /**
   * @param {number} field
   * @returns {Scored}
   */
  #field(field) {
    const { size } = this.#index;
    return (this.#fields[field] ??= { steps: new Int32Array(size), scores: new Float64Array(size), magnitude: 1 });
  }

  /** @param {number} document */
  #add(document) {
    if (this.#isMet[document]) return;
    this.#isMet[document] = 1;
    this.#met[this.#count++] = document;
  }

  /**
   * Add up, for one field, the weights of all terms in the order in which lunr numbers them, and
   * note at which step of the query each document was met in that field first.
   *
   * @param {QueryTerm[]} ordered
   * @param {number} field
   */
  score(ordered, field) {
    const { size, boosts, averages } = this.#index;
    const boost = boosts[field];
    const average = averages[field];
    let squares = 0;
    for (const { term, weights, steps: metAt } of ordered) {
      const weight = weights[field];
      if (weight === undefined) continue;
      squares += weight * weight;
      const step = metAt[field];
      const { scores, steps } = this.#field(field);
      const idf = inverseFrequency(term.total, size);
      for (const { first, fields } of term.parts) {
        if (!fields[field]) continue;
        const { documents, frequencies, lengths } = fields[field];
        for (let place = 0; place < documents.length; place++) {
          const often = frequencies[place];
          const score = ((idf * ((K1 + 1) * often)) / (K1 * (1 - B + B * (lengths[place] / average)) + often)) * boost;
          const document = first + documents[place];
          scores[document] += weight * (Math.round(score * 1000) / 1000);
          if (!steps[document] || steps[document] > step) steps[document] = step;
          this.#add(document);
        }
      }
    }
    if (squares) this.#fields[field].magnitude = Math.sqrt(squares);
  }

  /**
   * Keep what has all that is required and nothing that is prohibited, and sum up its fields.
   *
   * @param {Uint8Array | null} required
   * @param {Uint8Array | null} prohibited
   */
  close(required, prohibited) {
    const fields = this.#fields.filter(Boolean);
    let total = 0;
    for (let place = 0; place < this.#count; place++) {
      const document = this.#met[place];
      if ((required && !required[document]) || prohibited?.[document]) continue;
      this.#sum(document, fields);
      this.#met[total++] = document;
    }
    this.documents = this.#met.subarray(0, total);
  }

  /**
   * Add up the scores of a document's fields in the order in which it was met in them.
   *
   * @param {number} document
   * @param {Scored[]} fields
   */
  #sum(document, fields) {
    let sum = 0;
    let before = 0;
    for (let left = fields.length; left > 0; left--) {
      /** @type {Scored | null} */
      let next = null;
      for (let place = 0; place < fields.length; place++) {
        const step = fields[place].steps[document];
        if (step > before && (next === null || step < next.steps[document])) next = fields[place];
      }
      if (next === null) break;
      sum += next.scores[document] / next.magnitude;
      if (!before) this.steps[document] = next.steps[document];
      before = next.steps[document];
    }
    this.scores[document] = sum;
  }

  /**
   * Whether one document comes before another: by score, else as lunr met them.
   *
   * @param {number} one
   * @param {number} other
   */
  before(one, other) {
    return this.scores[other] - this.scores[one] || this.steps[one] - this.steps[other] || other - one;
  }
}

/**
 * @param {number} total
 * @param {number} documents
 */
function inverseFrequency(total, documents) {
  return Math.log(1 + Math.abs((documents - total + 0.5) / (total + 0.5)));
}

/**
 * The best `count` of `documents` in order, without sorting the others.
 *
 * @param {Int32Array} documents
 * @param {number} count
 * @param {(one: number, other: number) => number} compare
 */
export function best(documents, count, compare) {
  if (count >= documents.length) return Array.from(documents).sort(compare);
  /** @type {number[]} */
  const heap = []; // the worst on top
  /** @type {(a: number, b: number) => boolean} */
  const isWorse = (a, b) => compare(a, b) > 0;
  for (const document of documents) {
    if (heap.length < count) {
      let place = heap.push(document) - 1;
      for (let up; place && isWorse(document, heap[(up = (place - 1) >> 1)]); place = up) heap[place] = heap[up];
      heap[place] = document;
    } else if (count && isWorse(heap[0], document)) {
      let place = 0;
      for (let down; (down = 2 * place + 1) < count; place = down) {
        if (down + 1 < count && isWorse(heap[down + 1], heap[down])) down++;
        if (!isWorse(heap[down], document)) break;
        heap[place] = heap[down];
      }
      heap[place] = document;
    }
  }
  return heap.sort(compare);
}
