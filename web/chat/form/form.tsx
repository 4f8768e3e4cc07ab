import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Problem } from '../api/problem.js';
import { wordsOf } from '../api/words.js';
import { Field, type FieldParts } from './field.js';
import { Notice, ProblemNotice, useCountdown } from './notice.js';
import { useTask } from './use-task.js';

interface FormProps<Name extends string> {
  fields: readonly FieldParts<Name>[];
  submit: string;
  /** Rejects with a `Problem`, whose faults are said at their fields. */
  onSubmit: (values: Record<Name, string>) => Promise<void>;
  isDangerous?: boolean;
  /** Said once it has worked. */
  done?: ReactNode;
  /** More that can be done than to submit. */
  children?: ReactNode;
}

/** A form that asks the server one thing, one at a time: what is wrong stands at its field, and the first such is focused. */
export function Form<Name extends string>(props: FormProps<Name>) {
  const { fields, submit, onSubmit, isDangerous = false, done, children } = props;
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, isDone, run } = useTask();
  const left = useCountdown(problem);
  const valueOf = ({ name, initial = '' }: FieldParts<Name>) => typed[name] ?? initial;
  const isSaidByFields = fields.some(({ name }) => faultsOf(problem, name).length > 0);

  useEffect(() => {
    if (problem !== null) form.current?.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus();
  }, [problem]);

  const work = async () => {
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
            parts={field}
            value={valueOf(field)}
            faults={faultsOf(problem, field.name)}
            onType={(value) => {
              setTyped((before) => ({ ...before, [field.name]: value }));
            }}
          />
        ))}
        {problem !== null && !isSaidByFields && <ProblemNotice problem={problem} />}
        {isSaidByFields && (
          <p className="visually-hidden" role="alert">
            Something in this form is not right yet.
          </p>
        )}
        <div className="actions">
          <button
            type="submit"
            className={isDangerous ? 'button danger' : 'button primary'}
            aria-disabled={isBusy || left > 0}
          >
            {isBusy ? 'One moment …' : submit}
          </button>
          {children}
        </div>
      </form>
      {isDone && done !== undefined && <Notice>{done}</Notice>}
    </>
  );
}

function faultsOf(problem: Problem | null, name: string): readonly string[] {
  if (problem?.code === 'wrong_password' && name === 'current_password') return [wordsOf(problem)];
  return problem?.document.errors?.[name] ?? [];
}
