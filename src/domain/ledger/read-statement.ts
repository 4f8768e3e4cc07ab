import type { Clock } from '../../ports/clock.js';
import type { StatementReader } from '../../ports/statement-reader.js';
import type { AccountRequest } from '../chat/access.js';
import { invalidInput, notFound } from '../errors.js';
import { localDate, windowAt, type Period } from '../metering/window.js';
import { normalizeId } from '../text.js';
import { readBalance, type ReadBalanceDeps } from './read-balance.js';
import { statementOf, type Statement } from './statement.js';

export interface ReadStatementDeps extends ReadBalanceDeps {
  statementReader: StatementReader;
  clock: Pick<Clock, 'now'>;
}

export interface ReadStatementRequest extends AccountRequest {
  /** Such as `2026-11`, by the time zone of the policy; null for the current one. */
  month: string | null;
}

/**
 * Returns the statement of an account for a month, for the account itself, administrators and the operator. Of an erased
 * account too, whose entries remain. Does before what is due, as `readBalance` does.
 *
 * @throws DomainError `invalid_input` if the month is none, or has not begun; `not_found` if there is no such account, or the
 * caller may not read it.
 */
export async function readStatement(
  deps: ReadStatementDeps,
  request: ReadStatementRequest,
): Promise<Statement> {
  const userId = normalizeId(request.userId);
  const { timeZone } = deps.policy;
  const now = deps.clock.now();
  const month = request.month ?? localDate(now, timeZone).slice(0, 7);
  const { start: from, end: to } = periodOf(month, timeZone);
  if (from > now) throw invalidInput({ month: ['Must not be in the future.'] });
  await readBalance(deps, request);
  const facts = await deps.statementReader.read(userId, { from, to });
  if (facts === null) throw notFound('account');
  return statementOf(facts, { userId, month, from, to });
}

function periodOf(month: string, timeZone: string): Period {
  const [year = 0, number = 0] = month.split('-').map(Number);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || year < 1970) {
    throw invalidInput({ month: ['Must be a month such as 2026-11.'] });
  }
  // The middle of a month is in it, whatever the time zone.
  return windowAt('month', new Date(Date.UTC(year, number - 1, 15)), timeZone);
}
