import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ConversationSettings, SettingsChange } from '../../api/api-objects.js';
import { unitAfter } from '../../api/credits.js';
import type { Problem } from '../../api/problem.js';
import { ProblemNotice, useCountdown } from '../form/notice.js';
import { useAppState } from '../layout/app-state.js';
import { SendIcon, StopIcon } from '../layout/icons.js';
import { useStore } from '../layout/store.js';
import { acceptedBy, shownFile, type AttachedFile } from './attached-file.js';
import { AttachButton } from './attach-button.js';
import { isSendKey, isTouchOnly } from './enter-key.js';
import { AttachmentList } from './attachment-list.js';
import { offeredModel } from './conversation-settings.js';
import { charactersLeft, ComposerFacts } from './composer-facts.js';
import type { ExchangeState } from './exchange-state.js';
import { ModelSelect } from './model-select.js';
import { SettingsButton } from './settings-dialog.js';
import { useAttachedFiles } from './use-attached-files.js';
import { text, textParts } from '../texts/texts.js';
import { RichText } from '../texts/rich-text.js';

interface ComposerProps {
  conversationId: string;
  rejection: Problem | null;
  isReplying: boolean;
  settings: ConversationSettings;
  /** The exchanges that the message follows. */
  branch: readonly ExchangeState[];
  /** Rejects with a `Problem`. */
  onSettings: (change: SettingsChange) => Promise<void>;
  onModel: (name: string) => void;
  onSend: (message: string, files: readonly AttachedFile[]) => void;
  onStop: () => void;
  /** Edits the last message; null if there is none to edit. */
  onEditLast: (() => void) | null;
}

/** The form that sends a message. Enter sends, Shift+Enter starts a new line; on a touch keyboard Enter does. */
export function Composer({
  conversationId,
  rejection,
  isReplying,
  settings,
  branch,
  onSettings,
  onModel,
  onSend,
  onStop,
  onEditLast,
}: ComposerProps) {
  const { drafts, models } = useAppState();
  const chosen = offeredModel(models, settings.model);
  const attached = useAttachedFiles(conversationId, chosen);
  const message = useStore(drafts.store)[conversationId] ?? '';
  const area = useRef<HTMLTextAreaElement>(null);
  const left = useCountdown(rejection);
  const limit = chosen?.max_message_chars ?? Infinity;
  const isEmpty = message.trim() === '' && attached.files.length === 0;
  const isTooLong = charactersLeft(message, limit) < 0;
  const canSend = !isEmpty && !isTooLong && attached.unreadable === null && !isReplying && left === 0;

  useEffect(() => {
    // On a phone the focus would open the keyboard over the conversation.
    if (!isTouchOnly()) area.current?.focus();
  }, [conversationId]);
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [message]);

  const send = () => {
    if (!canSend) return;
    drafts.write(conversationId, '');
    drafts.writeFiles(conversationId, []);
    onSend(message, attached.files);
    area.current?.focus();
  };
  return (
    <form
      className="composer"
      onDragOver={(event) => {
        if (hasFiles(event.dataTransfer)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        attached.add([...event.dataTransfer.files]);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReplying) onStop();
        else send();
      }}
    >
      {rejection !== null && (
        <ProblemNotice problem={rejection}>
          {rejection.code === 'insufficient_tokens' && <a href="#/tokens">{text('composer.showBalance')}</a>}
          {isPaidByPurchase(rejection) && <a href="#/buy">{text('title.getMore', { unit: unitAfter(2) })}</a>}
          {rejection.code === 'cap_reached' && <a href="#/tokens">{text('composer.showLimits')}</a>}
          {rejection.code === 'email_not_verified' && <a href="#/account">{text('composer.showAccount')}</a>}
        </ProblemNotice>
      )}
      {attached.problem !== '' && (
        <div className="notice bad">
          <p role="alert">{attached.problem}</p>
        </div>
      )}
      {chosen !== undefined && (
        <ComposerFacts
          model={chosen}
          message={message}
          limit={limit}
          branch={branch}
          systemPrompt={settings.system_prompt}
        />
      )}
      <div className="composer-box">
        <AttachmentList
          label={text('files.attached')}
          items={attached.files.map((file) => ({ ...shownFile(file), key: file.key }))}
          onRemove={(position) => {
            attached.remove(position);
            area.current?.focus();
          }}
        />
        <label className="visually-hidden" htmlFor="message">
          {text('composer.label')}
        </label>
        <textarea
          ref={area}
          id="message"
          rows={1}
          dir="auto"
          placeholder={text('composer.placeholder')}
          value={message}
          aria-describedby="composer-keys"
          onChange={(event) => {
            drafts.write(conversationId, event.target.value);
          }}
          onPaste={(event) => {
            const { files } = event.clipboardData;
            // A copied text of an office program comes with a picture of itself.
            if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
            event.preventDefault();
            attached.add([...files]);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowUp' && message === '' && onEditLast !== null) {
              event.preventDefault();
              onEditLast();
            }
            if (isSendKey(event)) {
              event.preventDefault();
              send();
            }
          }}
        />
        <div className="composer-line">
          <AttachButton accept={chosen === undefined ? '' : acceptedBy(chosen)} onFiles={attached.add} />
          <ModelSelect model={settings.model} onModel={onModel} />
          <SettingsButton conversationId={conversationId} settings={settings} onChange={onSettings} />
          <p id="composer-keys" className="keys">
            <RichText
              parts={textParts('composer.keys', { enter: <kbd>Enter</kbd>, shiftEnter: <ShiftEnter /> })}
            />
          </p>
          {isReplying ? (
            <button
              type="submit"
              className="send stop"
              aria-label={text('composer.stop')}
              aria-keyshortcuts="Escape"
            >
              <StopIcon />
            </button>
          ) : (
            <button
              type="submit"
              className="send"
              aria-label={text('composer.send')}
              aria-disabled={!canSend}
            >
              <SendIcon />
            </button>
          )}
        </div>
      </div>
    </form>
  );
}

function ShiftEnter() {
  return (
    <>
      <kbd>Shift</kbd>+<kbd>Enter</kbd>
    </>
  );
}

function isPaidByPurchase({ code }: Problem): boolean {
  return code === 'insufficient_tokens' || code === 'debt_outstanding';
}

function hasFiles({ types }: DataTransfer): boolean {
  return types.includes('Files');
}
