/** A vulnerability or fault that a scanner reports. */
export interface Finding {
  /** The name that the scanner gives it. */
  rule: string;
  /** Where it was found, and what was seen. */
  where: string;
}

export interface ScanResult {
  findings: Finding[];
  /** How much was scanned, in one line. */
  coverage: string;
}

export interface ScanTarget {
  /** The URL of the server, without a slash at the end. */
  url: string;
  /** An access token of an administrator, who may call every route. */
  authToken: string;
  /** Ids of existing objects: a conversation of the administrator, and another account. */
  conversationId: string;
  userId: string;
  /** A folder for files of the scanner. */
  folder: string;
  /** When the scan must end, by `performance.now()`. What was not scanned by then is reported. */
  endsAtMs: number;
}

/** Attacks a server. */
export type Scanner = (target: ScanTarget) => Promise<ScanResult>;
