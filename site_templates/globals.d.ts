// What the theme's scripts find in the global scope, for the type checker.

/** The parts of lunr.js 2.3.9 that are joined with our worker. */
declare namespace lunr {
  class Token {
    constructor(text: string);
    toString(): string;
  }
  function stemmer(token: Token): Token;
  function stopWordFilter(word: string): string | undefined;

  interface Clause {
    term: string;
    fields: string[];
    boost: number;
    editDistance: number;
    usePipeline: boolean;
    presence: number;
  }
  class Query {
    static presence: { OPTIONAL: number; REQUIRED: number; PROHIBITED: number };
    constructor(fields: string[]);
    clauses: Clause[];
  }
  class QueryParser {
    constructor(text: string, query: Query);
    parse(): Query;
  }
  class TokenSet {
    static fromArray(sorted: string[]): TokenSet;
    static fromClause(clause: Clause): TokenSet;
    intersect(other: TokenSet): TokenSet;
    toArray(): string[];
  }
}

/** Of palette.js. */
declare var palette: {
  options: { media: string; scheme: string; primary: string; accent: string; name?: string; icon?: string }[];
  preferred(): number;
  show(index: number): { index: number; color: Record<string, string> };
};

/** What Material's script and ours keep in this browser. */
declare function __md_get(key: string): any;
declare function __md_set(key: string, value: unknown): void;

/** Of search/start.js, until search/client.js takes it over. */
declare var startedSearch: Worker | null | undefined;

interface Navigator {
  /** Not in every browser: https://wicg.github.io/netinfo/ */
  connection?: { saveData: boolean };
}
