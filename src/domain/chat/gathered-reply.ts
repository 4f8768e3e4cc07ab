import type { ReplyPiece, ToolCall } from '../../ports/ai-model.js';
import { DomainError } from '../errors.js';
import { codePointCount, unstorableReason } from '../text.js';

/** A piece of a reply as it is passed on. */
export type RelayedPiece = Extract<ReplyPiece, { type: 'text' | 'tool_call' }>;

/** What has come of a reply. */
export interface GatheredReply {
  /** Whole characters only. */
  readonly text: string;
  readonly toolCalls: ToolCall[];
  /**
   * Takes a piece; answers what of it is to be passed on, or null for nothing. Half a character waits for its other
   * half. Throws `provider_failed` for what cannot be stored and for what is too long.
   */
  take(piece: Exclude<ReplyPiece, { type: 'finish' }>): RelayedPiece | null;
  /** Throws `provider_failed` where the reply ends within a character, or is empty. */
  complete(): void;
}

/** Gathers a reply of at most `maxChars` code points, what the model wrote for tools included. */
export function gatherReply(maxChars: number): GatheredReply {
  let text = '';
  let half = '';
  let length = 0;
  const toolCalls: ToolCall[] = [];
  const grow = (by: number) => {
    length += by;
    if (length > maxChars) throw new DomainError('provider_failed', 'The reply was too long.');
  };

  return {
    get text() {
      return text;
    },
    toolCalls,
    take(piece) {
      if (piece.type === 'tool_call') {
        grow(codePointCount(piece.call.id + piece.call.name + piece.call.arguments));
        toolCalls.push(piece.call);
        return piece;
      }
      if (piece.type !== 'text') return null;
      const come = half + piece.text;
      half = endsWithinCharacter(come) ? come.slice(-1) : '';
      const whole = half === '' ? come : come.slice(0, -1);
      if (whole === '') return null;
      // Only at the very beginning is a byte order mark one that a database drops.
      if (unstorableReason(text === '' ? whole : `.${whole}`) !== null) throw unstorable();
      grow(codePointCount(whole));
      text += whole;
      return whole === piece.text ? piece : { type: 'text', text: whole };
    },
    complete() {
      if (half !== '') throw unstorable();
      if (text === '' && toolCalls.length === 0) {
        throw new DomainError('provider_failed', 'The reply was empty.');
      }
    },
  };
}

function endsWithinCharacter(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

function unstorable(): DomainError {
  return new DomainError('provider_failed', 'The reply cannot be stored.');
}
