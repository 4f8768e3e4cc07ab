import { DomainError } from '../errors.js';

/** Returns the error of an account that owes credits, because their price was paid back after they were spent. */
export function debtOutstanding(debt: number): DomainError {
  const sentence = `The account owes ${debt}: spent credits whose price was paid back. The next purchase pays them first.`;
  return new DomainError('debt_outstanding', sentence, { debt });
}
