import { timingSafeEqual } from 'node:crypto';
import { generateSecret, generateSync, generateURI } from 'otplib';
import type { TotpCodes } from '../../ports/totp-codes.js';

const stepSeconds = 30;

/** Codes of authenticator apps, by otplib. */
export function otplibCodes(): TotpCodes {
  return {
    createSecret: () => generateSecret({ length: 20 }),
    uriOf: ({ secret, issuer, username }) => generateURI({ secret, issuer, label: username }),
    matchingStep(secret, code, now) {
      const digits = code.replace(/\s/g, '');
      if (!/^[0-9]{6}$/.test(digits)) return null;
      const current = Math.floor(now.getTime() / 1000 / stepSeconds);
      const matches = (step: number) => {
        const expected = generateSync({ secret, period: stepSeconds, epoch: step * stepSeconds });
        return timingSafeEqual(Buffer.from(expected), Buffer.from(digits));
      };
      return [current, current - 1].find(matches) ?? null;
    },
  };
}
