import { useId, useState } from 'react';
import { HideIcon, ShowIcon } from '../layout/icons.js';

/** What is asked in one line of a form. */
export interface FieldParts<Name extends string = string> {
  /** The contract's name of what is typed here. */
  name: Name;
  label: string;
  /** Said below the field before anything is wrong. */
  hint?: string;
  type?: 'text' | 'email' | 'password' | 'date';
  autoComplete?: string;
  /** What stands there until something is typed. */
  initial?: string;
  autoFocus?: boolean;
}

interface FieldProps {
  parts: FieldParts;
  value: string;
  faults: readonly string[];
  onType: (value: string) => void;
}

/** A labelled input, with what the server finds wrong in it; a password can be looked at. */
export function Field({ parts, value, faults, onType }: FieldProps) {
  const { name, label, hint, type = 'text', autoComplete = 'off', autoFocus = false } = parts;
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const isSecret = type === 'password';
  return (
    <div className={isSecret ? 'field secret-field' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={isSecret && isShown ? 'text' : type}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={autoFocus}
        value={value}
        aria-invalid={faults.length > 0}
        aria-describedby={`${id}-hint ${id}-faults`}
        onChange={(event) => {
          onType(event.target.value);
        }}
      />
      {isSecret && (
        <button
          type="button"
          className="icon-button"
          aria-label="Show what I type"
          aria-pressed={isShown}
          onClick={() => {
            setIsShown(!isShown);
          }}
        >
          {isShown ? <HideIcon /> : <ShowIcon />}
        </button>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <ul id={`${id}-faults`} className="faults">
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </div>
  );
}
