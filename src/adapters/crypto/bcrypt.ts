import { hash, verify } from '@node-rs/bcrypt';

/** The work of a password hash, wherever it is done. */
export interface Bcrypt {
  hash(text: string, cost: number): Promise<string>;
  verify(text: string, encoded: string): Promise<boolean>;
}

/** On the threads that this process has for its files and names, too. */
export const pooledBcrypt: Bcrypt = {
  hash: (text, cost) => hash(text, { cost }),
  verify: (text, encoded) => verify(text, encoded),
};
