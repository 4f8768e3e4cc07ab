import type { Context } from 'hono';
import { unstorableReason } from '../../../domain/text.js';
import { HttpProblem } from './problem.js';

/** Throws 400 if the path or query is not percent-encoded UTF-8, or contains characters that the databases cannot store. */
export function checkTarget(c: Context): void {
  const target = c.req.url;
  if (target.includes('%') && !isStorable(target)) {
    throw new HttpProblem({
      status: 400,
      code: 'malformed_url',
      detail: 'The path or query is not valid percent-encoded UTF-8.',
    });
  }
}

function isStorable(target: string): boolean {
  try {
    return unstorableReason(decodeURIComponent(target)) === null;
  } catch {
    return false;
  }
}
