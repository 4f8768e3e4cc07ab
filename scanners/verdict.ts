/** Something that a judge holds against us. */
export interface Finding {
  /** What the judge calls it. */
  rule: string;
  /** Where, and what was seen. */
  where: string;
}

/** What a judge came to. */
export interface Verdict {
  findings: Finding[];
  /** How much it looked at, for the one line that is printed. */
  looked: string;
}

/** What every judge is given. */
export interface Case {
  /** Where the server listens, without a slash at the end. */
  url: string;
  /** An access token of an administrator, whom every route answers. */
  secret: string;
  /** Ids of what is there: a conversation of the administrator, and an account of another. */
  conversationId: string;
  userId: string;
  /** A folder for what judges write. */
  folder: string;
  /** When a judge has to end, by `performance.now()`; what it did not come to is told. */
  endsAtMs: number;
}

export type Scanner = (given: Case) => Promise<Verdict>;
