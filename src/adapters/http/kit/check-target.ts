import type { Context } from 'hono';
import { unstorableReason } from '../../../domain/text.js';
import { HttpProblem } from './problem.js';

/** Refuses with 400 a path or query that is not percent-encoded UTF-8, or holds what no text of ours may hold. */
export function checkTarget(c: Context): void {
  const target = c.req.url;
  if (target.includes('%') && !isSound(target)) {
    throw new HttpProblem({
      status: 400,
      code: 'malformed_url',
      detail: 'The path or query is not valid text.',
    });
  }
}

function isSound(target: string): boolean {
  try {
    return unstorableReason(decodeURIComponent(target)) === null;
  } catch {
    return false;
  }
}
