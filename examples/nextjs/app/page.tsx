'use client';

import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport, type UIMessage } from 'ai';
import { useState } from 'react';

/** What a reply cost, and what is left. */
type Reply = UIMessage<{ tokens_charged?: number; remaining_tokens?: number }>;

const transport = new DefaultChatTransport<Reply>({ api: '/api/ui-chat/' });

/** Returns the reason of a problem document. */
function reasonOf(error: Error): string {
  try {
    return (JSON.parse(error.message) as { detail?: string }).detail ?? error.message;
  } catch {
    return error.message;
  }
}

export default function Page() {
  const { messages, sendMessage, status, error } = useChat<Reply>({ transport });
  const [text, setText] = useState('');
  const left = messages.at(-1)?.metadata?.remaining_tokens;
  return (
    <main>
      {messages.map(({ id, role, parts }) => (
        <p key={id} data-role={role}>
          {parts.map((part) => (part.type === 'text' ? part.text : ''))}
        </p>
      ))}
      {left !== undefined && <output>{left} credits left</output>}
      {error !== undefined && <p role="alert">{reasonOf(error)}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void sendMessage({ text });
          setText('');
        }}
      >
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button disabled={status === 'submitted' || status === 'streaming'}>Send</button>
      </form>
    </main>
  );
}
