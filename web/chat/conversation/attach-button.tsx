import { useRef } from 'react';
import { AttachIcon } from '../layout/icons.js';
import { text } from '../texts/texts.js';

interface AttachButtonProps {
  /** The types that the file dialog offers; empty if the model reads texts only. */
  accept: string;
  onFiles: (files: readonly File[]) => void;
}

/** Opens the file dialog. It is absent for models that read texts only. */
export function AttachButton({ accept, onFiles }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  if (accept === '') return null;
  return (
    <>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={text('files.toAttach')}
        accept={accept}
        multiple
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="icon-button attach"
        aria-label={text('files.attach')}
        onClick={() => {
          input.current?.click();
        }}
      >
        <AttachIcon />
      </button>
    </>
  );
}
