import type { Conversation, ConversationSettings, Model } from '../../api/api-objects.js';
import { basePath } from '../../api/base-path.js';

const modelKey = `metered-chat.model${basePath}`;

/** The settings of a new conversation: the model that was chosen last in one. */
export function newSettings(): ConversationSettings {
  return { model: localStorage.getItem(modelKey), system_prompt: null, temperature: null };
}

/** Keeps the model for the next new conversations. */
export function keepModel(name: string): void {
  localStorage.setItem(modelKey, name);
}

export function settingsOf({ model, system_prompt, temperature }: Conversation): ConversationSettings {
  return { model, system_prompt, temperature };
}

/** The model of a name, or the default one. */
export function offeredModel(models: readonly Model[], name: string | null): Model | undefined {
  return models.find((each) => each.name === name) ?? models.find((each) => each.default) ?? models[0];
}

/** The settings as they are shown: the default model in place of one that is no longer offered. */
export function shownSettings(
  models: readonly Model[],
  settings: ConversationSettings,
): ConversationSettings {
  if (settings.model === null) return settings;
  return { ...settings, model: offeredModel(models, settings.model)?.name ?? null };
}
