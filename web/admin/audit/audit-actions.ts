import type { AuditAction } from '../../api/api-objects.js';
import { auditActions } from '../texts/en/audit-actions.js';
import { text } from '../texts/page-texts.js';

const prefix = 'action.name.';

/** The actions that have texts. A server that is newer than this page may send others. */
const actions = Object.keys(auditActions)
  .filter((key) => key.startsWith(prefix))
  .map((key) => key.slice(prefix.length) as AuditAction);

/** The choices of the filter by action. */
export function actionChoices(): { id: AuditAction; name: string }[] {
  return actions.map((id) => ({ id, name: text(`action.name.${id}`) }));
}

type Own = `action.own.${AuditAction}`;
type ByOther = Extract<keyof typeof auditActions, `action.other.${string}`>;

/** The key of the sentence of an action; null if the action is unknown here. */
export function ownSentence(action: string): Own | null {
  return known<Own>(`action.own.${action}`);
}

/** The key of the sentence of an action of another account; null if it is unknown here, or is none that others do. */
export function sentenceByOther(action: string): ByOther | null {
  return known<ByOther>(`action.other.${action}`);
}

function known<Key extends keyof typeof auditActions>(key: string): Key | null {
  return Object.hasOwn(auditActions, key) ? (key as Key) : null;
}
