import { useEffect, useRef, useState } from 'react';
import { isSendKey } from './enter-key.js';
import { text } from '../texts/texts.js';

interface MessageEditorProps {
  message: string;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** Changes a message that was sent, to send it again beside the first one. Esc cancels. */
export function MessageEditor({ message, onSend, onCancel }: MessageEditorProps) {
  const [edited, setEdited] = useState(message);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(message.length, message.length);
  }, []);
  const send = () => {
    if (edited.trim() !== '') onSend(edited);
  };
  return (
    <form
      className="message-editor"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={area}
        aria-label={text('editor.label')}
        dir="auto"
        rows={Math.min(12, edited.split('\n').length + 1)}
        value={edited}
        onChange={(event) => {
          setEdited(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
            event.stopPropagation();
            onCancel();
          }
          if (!isSendKey(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="actions">
        <button type="button" className="button small" onClick={onCancel}>
          {text('form.cancel')}
        </button>
        <button type="submit" className="button small primary" aria-disabled={edited.trim() === ''}>
          {text('composer.send')}
        </button>
      </div>
    </form>
  );
}
