import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswords } from '../../ports/common-passwords.js';

/** The 49,000 most common passwords of the zxcvbn-ts project's list. */
export function zxcvbnCommonPasswords(): CommonPasswords {
  const common = new Set<string | number>(dictionary['passwords-common']);
  return { has: (lowerCased) => common.has(lowerCased) };
}
