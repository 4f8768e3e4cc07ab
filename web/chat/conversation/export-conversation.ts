import type { Exchange } from '../../api/api-objects.js';
import { saveFile } from '../../api/save-file.js';
import { api } from '../api/api.js';
import { shownBranch } from './branches.js';
import { exchangeStateOf } from './exchange-state.js';

/** Saves a conversation as a file: all versions as JSON, or the branch that is shown as Markdown. Rejects with a `Problem`. */
export async function exportConversation(
  id: string,
  format: 'json' | 'md',
  chosen: Readonly<Record<string, string>>,
): Promise<void> {
  const newest: Exchange[] = [];
  let page = await api.conversation(id, null, 100);
  newest.push(...page.results);
  while (page.next !== null) {
    page = await api.conversation(id, page.next, 100);
    newest.push(...page.results);
  }
  const { id: conversationId, title, model, system_prompt, temperature, created_at, updated_at } = page;
  const settings = { model, system_prompt, temperature };
  const conversation = { id: conversationId, title, ...settings, created_at, updated_at };
  const exchanges = newest.reverse();
  const text =
    format === 'json'
      ? JSON.stringify({ ...conversation, exchanges }, null, 2)
      : markdownOf(title, exchanges, chosen);
  const type = format === 'json' ? 'application/json' : 'text/markdown;charset=utf-8';
  saveFile(new Blob([text], { type }), `${fileName(title)}.${format}`);
}

function markdownOf(
  title: string,
  exchanges: readonly Exchange[],
  chosen: Readonly<Record<string, string>>,
): string {
  const { exchanges: shown } = shownBranch(exchanges.map(exchangeStateOf), chosen);
  const parts = shown.map(
    ({ message, response, model, createdAt }) =>
      `## You\n\n${message}\n\n## ${model ?? 'AI'} · ${createdAt}\n\n${response}\n`,
  );
  return `# ${title}\n\n${parts.join('\n')}`;
}

function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'conversation';
}
