import { plainCredits, unitInHeader } from '../../api/credits.js';
import type { CreatedVouchers } from '../../api/shop-objects.js';

/** The codes of a batch as CSV, with the columns of the API. No value requires quotes. */
export function codesFile({ codes, credits, expires_at }: CreatedVouchers): Blob {
  const rows = codes.map((code) => [code, plainCredits(credits), expires_at ?? '']);
  const lines = [['code', unitInHeader('credits'), 'expires_at'], ...rows];
  return new Blob([lines.map((line) => `${line.join(',')}\r\n`).join('')], {
    type: 'text/csv;charset=utf-8',
  });
}
