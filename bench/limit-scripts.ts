import { reserve, reserveBatch } from '../src/adapters/postgres/reserve.js';
import { settle, settleBatch } from '../src/adapters/postgres/settle-statements.js';

const message = 'Hello, AI!';
const reply = `Echo: ${message}`;
const price = 100;
const frozenPrice = { perMessage: price };
const leaseMs = 30_000;

export const openingBalance = 1_000_000_000_000;

/** How many chats a batch has. */
export const batchSize = 16;

/** How many clients of pgbench run at once, at most: each sends single chats, or batches of as many as that. */
const mostClients = 64;

const accountPrefix = '00000000-0000-7000-8000-';
const digits = 6;

/** The accounts that the scripts use: a client of pgbench uses one for single chats, and several for batches. */
export const accountIds = Array.from({ length: mostClients }, (_, client) =>
  Array.from({ length: client < mostClients / batchSize ? batchSize : 1 }, (_account, account) =>
    [accountPrefix, ...[client, account].map((number) => String(number).padStart(digits, '0'))].join(''),
  ),
).flat();

const clientDigits = `lpad(:client_id::text, ${digits}, '0')`;

/** Returns a script of pgbench for one chat: the statements of the store, with pgbench's variables for the placeholders. */
export function chatScript(run: number): string {
  const user = `('${accountPrefix}' || ${clientDigits} || '${'0'.repeat(digits)}')::uuid`;
  const id = (purpose: number) =>
    `(lpad(to_hex(${run}), 12, '0') || '7' || '00${purpose}8' || lpad(to_hex(:client_id::int), 3, '0') || lpad(to_hex(:n::bigint), 12, '0'))::uuid`;
  const reserveValues = [
    ...[user, id(1), `${price}`, 'null::text', 'null::text', "'chat'", 'null', 'null', `${leaseMs}`, id(3)],
    ...[`'${message}'`, "'echo'", `'${message}'`, `'${JSON.stringify(frozenPrice)}'`],
  ];
  const settleValues = [
    ...[user, id(1), `${price}`, id(2), 'null', 'null', 'null', 'null', "'completed'", `'${reply}'`],
    ...['null', "'echo'", "'stop'"],
  ];
  return scriptOf(withValues(reserve, reserveValues), withValues(settle, settleValues));
}

/**
 * Returns a script of pgbench for a batch of chats, whose number is in pgbench's variable `size`. The requests are a constant
 * in which only the last digits of the ids are replaced, so that building them costs the database next to nothing.
 */
export function batchedChatScript(run: number, size: number): string {
  const runDigits = (Math.floor(run / 1000) % 2 ** 32).toString(16).padStart(8, '0');
  const id = (purpose: number, number: number) =>
    `${runDigits}-${String(number).padStart(4, '0')}-700${purpose}-8000-${countMark}`;
  const user = (number: number) => `${accountPrefix}${clientMark}${String(number).padStart(digits, '0')}`;
  const numbers = Array.from({ length: size }, (_, number) => number);
  const reserves = numbers.map((number) => ({
    ...{ user_id: user(number), id: id(1, number), held: price, action: 'chat', lease_ms: leaseMs },
    ...{ conversation_id: id(3, number), title: message, model: 'echo', message, price: frozenPrice },
  }));
  const settlements = numbers.map((number) => ({
    ...{ user_id: user(number), id: id(1, number), capture: price, entry_id: id(2, number) },
    ...{ status: 'completed', reply, answered_by: 'echo', finish_reason: 'stop' },
  }));
  return scriptOf(
    withValues(reserveBatch, [requestsOf(reserves), ':size']),
    withValues(settleBatch, [requestsOf(settlements), ':size']),
  );
}

const countMark = 'nnnnnnnnnnnn';
const clientMark = 'uuuuuu';

/** Returns the expression of a JSON array. A name after a colon would be a variable of pgbench. */
function requestsOf(requests: readonly object[]): string {
  const text = JSON.stringify(requests).replaceAll('":', '": ');
  const count = `lpad(to_hex((:client_id::bigint << 32) + :n::bigint), ${countMark.length}, '0')`;
  return `replace(replace('${text}', '${countMark}', ${count}), '${clientMark}', ${clientDigits})::json`;
}

function scriptOf(...statements: readonly string[]): string {
  return ['\\set n :n + 1', ...statements.map((statement) => `${statement};`), ''].join('\n');
}

function withValues(statement: string, values: readonly string[]): string {
  const text = statement.replace(/\$(\d+)/g, (_, number: string) => values[Number(number) - 1] ?? 'null');
  return text.replaceAll('\n', ' ').trim();
}
