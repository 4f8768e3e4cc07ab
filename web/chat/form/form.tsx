import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Problem } from '../../api/problem.js';
import { fieldError } from '../../api/field-errors.js';
import { errorMessage } from '../../api/error-messages.js';
import { Field, type FieldOptions } from './field.js';
import { Notice, ProblemNotice, useCountdown } from './notice.js';
import { text } from '../texts/texts.js';
import { useTask } from './use-task.js';

interface FormProps<Name extends string> {
  fields: readonly FieldOptions<Name>[];
  submit: string;
  /** Rejects with a `Problem`, whose field errors are shown at the fields. */
  onSubmit: (values: Record<Name, string>) => Promise<void>;
  isDangerous?: boolean;
  /** The message after success. */
  done?: ReactNode;
  /** Further elements below the fields. */
  below?: ReactNode;
  /** Further elements beside the submit button. */
  children?: ReactNode;
}

/** A form that sends one request at a time. Errors are shown at their fields, and the first invalid field gets the focus. */
export function Form<Name extends string>(props: FormProps<Name>) {
  const { fields, submit, onSubmit, isDangerous = false, done, below, children } = props;
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, isDone, run } = useTask();
  const left = useCountdown(problem);
  const valueOf = ({ name, choices, initial = choices?.[0]?.value ?? '' }: FieldOptions<Name>) =>
    typed[name] ?? initial;
  const hasFieldErrors = fields.some(({ name }) => errorsOf(problem, name).length > 0);

  useEffect(() => {
    if (problem !== null) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problem]);

  const work = async () => {
    const missing = fields.filter((field) => field.isRequired === true && valueOf(field).trim() === '');
    if (missing.length > 0) throw problemOfMissing(missing);
    const values = Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
    await onSubmit(values as Record<Name, string>);
    setTyped({});
  };
  return (
    <>
      <form
        ref={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (left === 0) run(work);
        }}
      >
        {fields.map((field) => (
          <Field
            key={field.name}
            options={field}
            value={valueOf(field)}
            errors={errorsOf(problem, field.name)}
            onType={(value) => {
              setTyped((previous) => ({ ...previous, [field.name]: value }));
            }}
          />
        ))}
        {below}
        {problem !== null && !hasFieldErrors && <ProblemNotice problem={problem} />}
        {hasFieldErrors && (
          <p className="visually-hidden" role="alert">
            {text('form.invalid')}
          </p>
        )}
        <div className="actions">
          <button
            type="submit"
            className={isDangerous ? 'button danger' : 'button primary'}
            aria-disabled={isBusy || left > 0}
          >
            {isBusy ? text('form.busy') : submit}
          </button>
          {children}
        </div>
      </form>
      {isDone && done !== undefined && <Notice>{done}</Notice>}
    </>
  );
}

function problemOfMissing(fields: readonly FieldOptions[]): Problem {
  const errors = Object.fromEntries(fields.map(({ name }) => [name, [text('form.empty')]]));
  return new Problem(400, { code: 'invalid_input', errors });
}

/** The fields at which the messages of some problems are shown. */
const fieldsOfCodes: Partial<Record<string, readonly string[]>> = {
  wrong_password: ['current_password', 'password'],
  wrong_code: ['code', 'recovery_code'],
};

function errorsOf(problem: Problem | null, name: string): readonly string[] {
  if (problem !== null && fieldsOfCodes[problem.code]?.includes(name) === true)
    return [errorMessage(problem)];
  return (problem?.document.errors?.[name] ?? []).map(fieldError);
}
