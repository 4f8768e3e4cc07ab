import { useId, type ComponentProps } from 'react';
import type { Problem } from '../api/problem.js';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  /** Said below the field before anything is wrong. */
  hint?: string;
  problem: Problem | null;
  /** The contract's name of what is typed here. */
  field: string;
}

/** A labelled input, with what the server finds wrong in it. */
export function Field({ label, hint, problem, field, ...input }: FieldProps) {
  const id = useId();
  const faults = problem?.document.errors?.[field] ?? [];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        name={field}
        aria-invalid={faults.length > 0}
        aria-describedby={`${id}-hint ${id}-faults`}
      />
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
