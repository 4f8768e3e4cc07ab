/** What one chat costs, measured at 64 connections on two quiet cores: see README.md. */
const serverCpuMicroseconds = 315;
const databaseCpuMicroseconds = 180;

/** The bytes of a row with its indexes after `FIGURE=0.02 npm run bench:growth`, where an exchange has about 45 characters of text. */
export const rowBytes = { exchanges: 364, entries: 285 };

/** By how much a table may differ from the model. */
export const tolerance = 0.2;

/** What a load requires. */
export interface Capacity {
  serverCores: number;
  databaseCores: number;
  rowsPerDay: number;
  diskBytesPerDay: number;
}

/**
 * The cores and the disk for chats at a flat price, without the texts beyond those of the benchmark: each chat is an exchange and an
 * entry. Cores are fully used at that load: have twice as many.
 */
export function capacityFor(chatsPerSecond: number): Capacity {
  const chatsPerDay = chatsPerSecond * 24 * 60 * 60;
  return {
    serverCores: (chatsPerSecond * serverCpuMicroseconds) / 1e6,
    databaseCores: (chatsPerSecond * databaseCpuMicroseconds) / 1e6,
    rowsPerDay: 2 * chatsPerDay,
    diskBytesPerDay: chatsPerDay * (rowBytes.exchanges + rowBytes.entries),
  };
}

/** The measured bytes of a row of each table, and whether the model still holds. */
export interface TableSize {
  table: keyof typeof rowBytes;
  rows: number;
  bytes: number;
}

/** Returns the bytes of a row, and whether they are what the model says. */
export function compareWithModel({ table, rows, bytes }: TableSize): {
  measured: number;
  isAsModelled: boolean;
} {
  const measured = bytes / rows;
  return { measured, isAsModelled: Math.abs(measured / rowBytes[table] - 1) <= tolerance };
}
