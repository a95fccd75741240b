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
        if (!queryTerms.has(name)) queryTerms.set(name, { term, weights: [] });
        const { weights } = queryTerms.get(name);
        if (weights[field] === undefined) matches.meet(term, field, ++step);
        weights[field] = (weights[field] ?? 0) + clause.boost;
      }
    }
    if (clauseMatches) {
      if (required) required = required.map((is, document) => is & clauseMatches[document]);
      else required = clauseMatches;
    }
  }

  const ordered = [...queryTerms.values()].sort((one, other) => asMet(one.term, other.term));
  index.fieldNames.forEach((_, field) => matches.score(ordered, field));
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
  #scores = [];
  #steps = [];

  constructor(index) {
    this.#index = index;
  }

  /** Note which documents have a term in a field, unless they were met in that field before. */
  meet(term, field, step) {
    const steps = (this.#steps[field] ??= new Int32Array(this.#index.size));
    eachDocument(term, field, (document) => {
      if (!steps[document]) steps[document] = step;
    });
  }

  meetAll() {
    this.#steps = [new Int32Array(this.#index.size).fill(1)];
    this.#scores = [];
  }

  /** Add up, for one field, the weights of all terms in the order in which lunr numbers them. */
  score(ordered, field) {
    const { size, boosts, averages } = this.#index;
    const weighted = ordered.filter(({ weights }) => weights[field] !== undefined);
    if (weighted.length === 0) return;
    const scores = (this.#scores[field] = new Float64Array(size));
    let squares = 0;
    for (const { term, weights } of weighted) {
      const weight = weights[field];
      squares += weight * weight;
      const idf = inverseFrequency(term.total, size);
      for (const { first, fields } of term.parts) {
        if (!fields[field]) continue;
        const { documents, frequencies, lengths } = fields[field];
        for (let place = 0; place < documents.length; place++) {
          const often = frequencies[place];
          const score =
            ((idf * ((K1 + 1) * often)) /
              (K1 * (1 - B + B * (lengths[place] / averages[field])) + often)) *
            boosts[field];
          scores[first + documents[place]] += weight * (Math.round(score * 1000) / 1000);
        }
      }
    }
    const magnitude = Math.sqrt(squares);
    for (let document = 0; document < size; document++) scores[document] /= magnitude;
  }

  /** Keep what has all that is required and nothing that is prohibited, and sum up its fields. */
  close(required, prohibited) {
    const { size } = this.#index;
    const met = this.#steps.map((steps, field) => [steps, this.#scores[field]]).filter(Boolean);
    this.scores = new Float64Array(size);
    this.steps = new Int32Array(size);
    this.documents = new Int32Array(size);
    let total = 0;
    for (let document = 0; document < size; document++) {
      if ((required && !required[document]) || (prohibited && prohibited[document])) continue;
      let count = 0;
      let sum = 0;
      let first = 0;
      for (const [steps, scores] of met) {
        const step = steps[document];
        if (!step) continue;
        count++;
        sum += scores?.[document] || 0;
        if (!first || step < first) first = step;
      }
      if (!count) continue;
      // Of two numbers the sum is the same in any order; of more, it is not to the last bit.
      this.scores[document] = count > 2 ? inOrder(met, document) : sum;
      this.steps[document] = first;
      this.documents[total++] = document;
    }
    this.documents = this.documents.subarray(0, total);
  }

  /** Whether one document comes before another: by score, else as lunr met them. */
  before(one, other) {
    return (
      this.scores[other] - this.scores[one] || this.steps[one] - this.steps[other] || other - one
    );
  }
}

/** The scores of a document's fields, added up in the order in which these were met. */
function inOrder(met, document) {
  return met
    .filter(([steps]) => steps[document])
    .sort(([one], [other]) => one[document] - other[document])
    .reduce((sum, [, scores]) => sum + (scores[document] || 0), 0);
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
