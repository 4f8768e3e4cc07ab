import type { ReactNode } from 'react';
import { ProblemNotice, useCountdown } from './notice.js';
import type { Task } from './use-task.js';

interface FormProps {
  task: Task;
  submit: string;
  isDangerous?: boolean;
  onSubmit: () => Promise<void>;
  children: ReactNode;
  /** What is wrong with single fields is said there already. */
  fields?: readonly string[];
}

/** A form whose one button asks the server, and says what it answered. */
export function Form({ task, submit, isDangerous = false, onSubmit, children, fields = [] }: FormProps) {
  const { problem } = task;
  const left = useCountdown(problem);
  const isSaidByFields = fields.some((field) => problem?.document.errors?.[field] !== undefined);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (left === 0) task.run(onSubmit);
      }}
    >
      {children}
      {problem !== null && !isSaidByFields && <ProblemNotice problem={problem} />}
      {isSaidByFields && (
        <p className="visually-hidden" role="alert">
          Something in this form is not right yet.
        </p>
      )}
      <button
        type="submit"
        className={isDangerous ? 'button danger' : 'button primary'}
        aria-disabled={task.isBusy || left > 0}
      >
        {task.isBusy ? 'One moment …' : submit}
      </button>
    </form>
  );
}
