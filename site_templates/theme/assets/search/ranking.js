/* lunr's ranking, from postings instead of whole vectors: the same sums of the same numbers in the
   same order, so that scores agree with lunr.js to the last bit, and so does the order of papers. */

/* global lunr */

const K1 = 1.2;
const B = 0.75;

/**
 * What matches the clauses of a `lunr.Query`, and how well.
 *
 * @param {object[]} clauses with, beside what lunr's parser gives, `expanded`: the terms of the
 *   index that each stands for, in lunr's order.
 * @param {object} index `size` (documents), `boosts` and `averages` (of each field), `fieldNames`,
 *   and `terms`, a map from term to `{ total, parts }`: how often it is posted in all, and for each
 *   segment, the last first, `{ first, ordinal, fields }`.
 * @returns {Matches}
 */
export function rank(clauses, index) {
  const matches = new Matches(index);
  const queryTerms = new Map();
  let required = null;
  let prohibited = null;
  let step = 0;

  for (const clause of clauses) {
    const fields = clause.fields.map((name) => index.fieldNames.indexOf(name));
    const isProhibited = clause.presence === lunr.Query.presence.PROHIBITED;
    const isRequired = clause.presence === lunr.Query.presence.REQUIRED;
    const clauseMatches = isRequired ? new Uint8Array(index.size) : null;
    if (isProhibited) prohibited ??= new Uint8Array(index.size);
    for (const name of clause.expanded) {
      const term = index.terms.get(name);
      for (const field of fields) {
        if (isRequired) eachDocument(term, field, (document) => (clauseMatches[document] = 1));
        if (isProhibited) {
          eachDocument(term, field, (document) => (prohibited[document] = 1));
          continue;
        }
        if (!queryTerms.has(name)) queryTerms.set(name, { term, weights: [], steps: [] });
        const { weights, steps } = queryTerms.get(name);
        steps[field] ??= ++step;
        weights[field] = (weights[field] ?? 0) + clause.boost;
      }
    }
    if (clauseMatches) {
      if (required) required = required.map((is, document) => is & clauseMatches[document]);
      else required = clauseMatches;
    }
  }

  const ordered = [...queryTerms.values()].sort((one, other) => asMet(one.term, other.term));
  for (const field of index.fieldNames.keys()) matches.score(ordered, field);
  if (clauses.length > 0 && clauses.every((clause) => clause.presence === lunr.Query.presence.PROHIBITED)) {
    matches.meetAll();
  }
  matches.close(required, prohibited);
  return matches;
}

/** Calls `each` with every document that has a term in a field. */
export function eachDocument(term, field, each) {
  for (const { first, fields } of term.parts) {
    for (const document of fields[field]?.documents ?? []) each(first + document);
  }
}

/** lunr meets the latest documents first, and numbers terms as it meets them. */
function asMet(one, other) {
  const [a, b] = [one.parts[0], other.parts[0]];
  return b.first + lastOf(b) - (a.first + lastOf(a)) || a.ordinal - b.ordinal;
}

function lastOf({ fields }) {
  return Math.max(...fields.filter(Boolean).map(({ documents }) => documents.at(-1)));
}

/** The documents that match, each with its score and when it was first met. */
export class Matches {
  #index;
  #fields = []; // what is known of each field: when and with which score documents were met in it
  #isMet;
  #met;
  #count = 0;

  constructor(index) {
    this.#index = index;
    this.#isMet = new Uint8Array(index.size);
    this.#met = new Int32Array(index.size);
  }

  meetAll() {
    const { steps } = this.#field(0);
    for (let document = 0; document < steps.length; document++) {
      steps[document] = 1;
      this.#add(document);
    }
  }

  #field(field) {
    const { size } = this.#index;
    return (this.#fields[field] ??= { steps: new Int32Array(size), scores: new Float64Array(size), magnitude: 1 });
  }

  #add(document) {
    if (this.#isMet[document]) return;
    this.#isMet[document] = 1;
    this.#met[this.#count++] = document;
  }

  /**
   * Add up, for one field, the weights of all terms in the order in which lunr numbers them, and
   * note at which step of the query each document was met in that field first.
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

  /** Keep what has all that is required and nothing that is prohibited, and sum up its fields. */
  close(required, prohibited) {
    const fields = this.#fields.filter(Boolean);
    this.scores = new Float64Array(this.#index.size);
    this.steps = new Int32Array(this.#index.size);
    let total = 0;
    for (let place = 0; place < this.#count; place++) {
      const document = this.#met[place];
      if ((required && !required[document]) || prohibited?.[document]) continue;
      this.#sum(document, fields);
      this.#met[total++] = document;
    }
    this.documents = this.#met.subarray(0, total);
  }

  /** Add up the scores of a document's fields in the order in which it was met in them. */
  #sum(document, fields) {
    let sum = 0;
    let before = 0;
    for (let left = fields.length; left > 0; left--) {
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

  /** Whether one document comes before another: by score, else as lunr met them. */
  before(one, other) {
    return this.scores[other] - this.scores[one] || this.steps[one] - this.steps[other] || other - one;
  }
}

function inverseFrequency(total, documents) {
  return Math.log(1 + Math.abs((documents - total + 0.5) / (total + 0.5)));
}

/** The best `count` of `documents` in order, without sorting the others. */
export function best(documents, count, compare) {
  if (count >= documents.length) return Array.from(documents).sort(compare);
  const heap = []; // the worst on top
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
