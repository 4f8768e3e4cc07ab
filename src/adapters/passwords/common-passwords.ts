import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswords } from '../../ports/common-passwords.js';

/** The list of zxcvbn-ts: 49,000 common passwords. */
export function zxcvbnCommonPasswords(): CommonPasswords {
  const common = new Set<string | number>(dictionary['passwords-common']);
  return { has: (lowerCased) => common.has(lowerCased) };
}
