/** A change of a balance by hand; `amount` is signed, and one `key` changes it once. */
export interface Adjustment {
  amount: number;
  reason: string;
  key: string;
}

/** The ledger's line of an adjustment, as far as pages use it. */
export interface AdjustedBalance {
  amount: number;
  balance_after: number;
}

/** A key that no other adjustment has; made so that it works without TLS too. */
export function newAdjustmentKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** The whole number above 0 that somebody typed, with or without separators between thousands; null for anything else. */
export function readAmount(typed: string): number | null {
  const digits = typed.trim().replace(/[\s,.'’_](?=\d{3}(\D|$))/g, '');
  const amount = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}
