/** Who spends: the headers that authenticate a request to `/v1/chat/completions`. */
export type KeyHeaders = Readonly<Record<string, string>>;

/** An account of the gateway that may spend no more than its budget. */
export interface GatewayAccount {
  /** The keys of the account, at least one. */
  keys: readonly KeyHeaders[];
  /** Returns what the account has spent since it was opened, in the unit of the gateway, as the gateway itself reports it. */
  readSpent(): Promise<number>;
}

/** A running gateway. Its accounts are used one at a time. */
export interface Gateway {
  /** Returns an account that can spend exactly `budget`, or with null one that can pay for hundreds of requests. */
  openAccount(budget: number | null): Promise<GatewayAccount>;
  /**
   * Returns an account with two keys that can pay for hundreds of requests, but may spend at most `caps.account` in all and
   * `caps.key` with the first of its keys. Absent if the adapter does not support it; null if the gateway has no caps.
   */
  openCappedAccount?(caps: { account: number; key: number }): Promise<GatewayAccount | null>;
  /** Removes what the test has created. */
  close?(): Promise<void>;
}

/** How the test reads and limits what is spent at a gateway; the default export of the module that `--adapter` names. */
export interface GatewayAdapter {
  /** The name of the gateway. */
  name: string;
  /** The unit of budgets, such as `tokens` or `USD`. */
  unit: string;
  /** The statuses with which the gateway rejects a request that the budget or a cap does not cover. By default 402. */
  refusalStatuses?: readonly number[];
  /** How long the gateway may take to record what was spent, in milliseconds. By default 1000. */
  recordingMs?: number;
  /** Throws an Error whose message says what the operator must change, for example if the key is wrong. */
  connect(server: { url: string; key: string }): Promise<Gateway>;
}

/** An adapter, with its defaults. */
export type CompleteAdapter = Required<GatewayAdapter>;

/** Returns the adapter that a module exports, or a text that says what is wrong with it. */
export function adapterOf(module: unknown): CompleteAdapter | string {
  const exported = (module as { default?: unknown }).default;
  if (typeof exported !== 'object' || exported === null) return 'It has no default export that is an object.';
  const adapter = exported as GatewayAdapter;
  const { name, unit, refusalStatuses = [402], recordingMs = 1000 } = adapter;
  if (typeof name !== 'string') return 'Its "name" must be a string.';
  if (typeof unit !== 'string') return 'Its "unit" must be a string.';
  if (typeof adapter.connect !== 'function') return 'Its "connect" must be a function.';
  if (!Array.isArray(refusalStatuses)) return 'Its "refusalStatuses" must be an array of numbers.';
  if (typeof recordingMs !== 'number') return 'Its "recordingMs" must be a number.';
  return { name, unit, refusalStatuses, recordingMs, connect: (server) => adapter.connect(server) };
}
