import { useId, useState } from 'react';
import { HideIcon, ShowIcon } from '../layout/icons.js';
import { text } from '../texts/texts.js';

/** One field of a form. */
export interface FieldOptions<Name extends string = string> {
  /** The name of the field in the API. */
  name: Name;
  label: string;
  /** The text below the field. */
  hint?: string;
  type?: 'text' | 'email' | 'password' | 'date';
  autoComplete?: string;
  /** Which keyboard a phone shows. */
  inputMode?: 'numeric';
  /** The value until something is typed. */
  initial?: string;
  autoFocus?: boolean;
  /** Whether the form is not sent without it. */
  isRequired?: boolean;
  /** The choices of a select; without them the field is an input. */
  choices?: readonly FieldChoice[];
}

/** A choice of a select. */
export interface FieldChoice {
  value: string;
  label: string;
}

interface FieldProps {
  options: FieldOptions;
  value: string;
  errors: readonly string[];
  onType: (value: string) => void;
}

/** A labelled input with the errors that the server found. A password can be made visible. */
export function Field({ options, value, errors, onType }: FieldProps) {
  const { name, label, hint, type = 'text', autoComplete = 'off', autoFocus = false, choices } = options;
  const { inputMode } = options;
  const id = useId();
  const [isVisible, setIsVisible] = useState(false);
  const isSecret = type === 'password';
  return (
    <div className={isSecret ? 'field secret-field' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {choices !== undefined && (
        <select
          id={id}
          name={name}
          value={value}
          aria-invalid={errors.length > 0}
          aria-describedby={`${id}-hint ${id}-errors`}
          onChange={(event) => {
            onType(event.target.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {choices === undefined && (
        <input
          id={id}
          name={name}
          type={isSecret && isVisible ? 'text' : type}
          autoComplete={autoComplete}
          inputMode={inputMode}
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={autoFocus}
          value={value}
          aria-invalid={errors.length > 0}
          aria-describedby={`${id}-hint ${id}-errors`}
          onChange={(event) => {
            onType(event.target.value);
          }}
        />
      )}
      {isSecret && (
        <button
          type="button"
          className="icon-button"
          aria-label={text('form.showPassword')}
          aria-pressed={isVisible}
          onClick={() => {
            setIsVisible(!isVisible);
          }}
        >
          {isVisible ? <HideIcon /> : <ShowIcon />}
        </button>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <ul id={`${id}-errors`} className="field-errors">
        {errors.map((error) => (
          <li key={error}>{error}</li>
        ))}
      </ul>
    </div>
  );
}
