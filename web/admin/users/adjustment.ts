/** Returns a random idempotency key. `randomUUID` is missing on pages without TLS. */
export function newAdjustmentKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Parses a whole number above 0, with or without separators between thousands; returns null for anything else. */
export function readAmount(typed: string): number | null {
  const digits = typed.trim().replace(/[\s,.'’_](?=\d{3}(\D|$))/g, '');
  const amount = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}
