import { defaultLimits, type Limits } from './limits/limit.js';

/** The figures that whoever runs the core decides on. */
export interface Policy {
  /** Credits granted to a new account. */
  startingCredits: number;
  /** The longest message, in code points; null for what the model reads, three for each of its tokens. */
  maxMessageChars: number | null;
  /** How long an access token is good for. */
  accessTtlMs: number;
  /** How long a refresh token is good for, and with it a session that nobody uses. */
  refreshTtlMs: number;
  /** After which an unfinished exchange's hold is given back, even while its server lives. */
  holdTtlMs: number;
  /** For how long a hold outlives its server: living servers renew it. At most `holdTtlMs` counts. */
  holdLeaseMs: number;
  /** How often what may be done. */
  limits: Limits;
  /** What links in mails begin with, without a slash at its end. */
  publicUrl: string;
  /** Whether only accounts with a verified email may chat. */
  requireVerifiedEmail: boolean;
}

const hourMs = 60 * 60 * 1000;

/** What stands where nothing else was decided. */
export const defaultPolicy: Policy = {
  startingCredits: 4000,
  maxMessageChars: null,
  accessTtlMs: 24 * hourMs,
  refreshTtlMs: 30 * 24 * hourMs,
  holdTtlMs: hourMs / 6,
  holdLeaseMs: 30_000,
  limits: defaultLimits,
  publicUrl: 'http://localhost:8000',
  requireVerifiedEmail: false,
};
