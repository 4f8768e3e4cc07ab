/** The defaults of a pool of connections; each connection of PostgreSQL costs it memory, so that a pool stays small. */
export const connectionDefaults = { poolSize: 16, connectTimeoutMs: 5000, statementTimeoutMs: 30_000 };
