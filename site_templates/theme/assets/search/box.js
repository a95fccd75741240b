/* What Material's search box shows, in the shape that it expects: texts are HTML there. */

const SHOWN = 8;
const MARKED = 8;

/** The best papers for what is being typed, and a way to all of them. */
export async function results(engine, typed) {
  if (!typed.trim()) return { items: [] };
  const answer = await engine.search({ query: typed, count: SHOWN, complete: true });
  const items = answer.results.map(({ paper, title, snippet, score }) => {
    const authors = (paper.authors ?? []).slice(0, 3).map(({ name }) => name).join(", ");
    return [
      {
        location: `papers/${encodeURIComponent(paper.id)}/`,
        title: (paper.withdrawn ? `[${paper.withdrawn}] ` : "") + html(title),
        text: `<p>${escaped(authors)}</p><p>${html(snippet)}</p>`,
        score,
        terms: Object.fromEntries(markedWords([...title, ...snippet]).map((word) => [word, true])),
      },
    ];
  });
  if (answer.total > items.length) {
    const all = `All ${answer.total.toLocaleString("en")} results`;
    items.push([{ location: `search/?${new URLSearchParams({ q: typed })}`, title: all, text: "", score: 0, terms: {} }]);
  }
  return { items };
}

/** What is marked, each word once: the page that a result leads to marks it, too. */
function markedWords(pieces) {
  const words = pieces.filter(([, isMarked]) => isMarked).map(([word]) => word.toLowerCase());
  return [...new Set(words)].slice(0, MARKED);
}

function html(pieces) {
  return pieces.map(([text, isMarked]) => (isMarked ? `<mark>${escaped(text)}</mark>` : escaped(text))).join("");
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
