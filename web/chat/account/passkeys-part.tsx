import { useState } from 'react';
import type { Passkey } from '../../api/api-objects.js';
import { hasPasskeys } from '../../api/passkeys.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { formatTime } from '../layout/format.js';
import { text } from '../texts/texts.js';
import { factorRequests } from './factor-requests.js';
import type { FactorPartProps } from './factors-section.js';

/** The passkeys of the account, and the form that adds one. */
export function PasskeysPart({ factors: { passkeys }, change, onCodes }: FactorPartProps) {
  const [toRename, setToRename] = useState<Passkey | null>(null);
  const [toRemove, setToRemove] = useState<Passkey | null>(null);
  const { run, problem, isBusy } = useTask();
  const add = async ({ name }: { name: string }) => {
    const codes = await change(() => factorRequests.addPasskey(name));
    if (codes !== null) onCodes(codes);
  };
  const fields = [
    { name: 'name', label: text('passkeys.name'), isRequired: true },
  ] as const satisfies readonly FieldOptions[];
  return (
    <>
      <h3>{text('passkeys.title')}</h3>
      <p>{text('passkeys.about')}</p>
      {passkeys.length === 0 && <p className="quiet">{text('passkeys.none')}</p>}
      <ul className="things">
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            {toRename?.id === passkey.id ? (
              <RenameForm
                passkey={passkey}
                onRename={(name) => change(() => factorRequests.renamePasskey(passkey.id, name))}
                onClose={() => {
                  setToRename(null);
                }}
              />
            ) : (
              <>
                <div>
                  <strong className="title">{passkey.name}</strong>
                  <p className="quiet">{passkeyFacts(passkey)}</p>
                </div>
                <div className="actions">
                  <button
                    type="button"
                    className="button small"
                    aria-label={text('passkeys.renameNamed', { name: passkey.name })}
                    onClick={() => {
                      setToRename(passkey);
                    }}
                  >
                    {text('passkeys.rename')}
                  </button>
                  <button
                    type="button"
                    className="button small"
                    aria-label={text('passkeys.removeNamed', { name: passkey.name })}
                    disabled={isBusy}
                    onClick={() => {
                      setToRemove(passkey);
                    }}
                  >
                    {text('form.remove')}
                  </button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
      {problem !== null && <ProblemNotice problem={problem} />}
      {hasPasskeys() ? (
        <Form fields={fields} submit={text('passkeys.add')} onSubmit={add} />
      ) : (
        <p className="quiet">{text('passkeys.unavailable')}</p>
      )}
      {toRemove !== null && (
        <ConfirmDialog
          title={text('passkeys.removeTitle')}
          confirm={text('form.remove')}
          onConfirm={() => {
            run(() => change(() => factorRequests.removePasskey(toRemove.id)));
            return Promise.resolve();
          }}
          onClose={() => {
            setToRemove(null);
          }}
        >
          <p>{text('passkeys.removeText', { name: toRemove.name })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface RenameFormProps {
  passkey: Passkey;
  onRename: (name: string) => Promise<void>;
  onClose: () => void;
}

function RenameForm({ passkey, onRename, onClose }: RenameFormProps) {
  const fields = [
    {
      name: 'name',
      label: text('passkeys.newName'),
      initial: passkey.name,
      autoFocus: true,
      isRequired: true,
    },
  ] as const satisfies readonly FieldOptions[];
  return (
    <Form
      fields={fields}
      submit={text('form.save')}
      onSubmit={async ({ name }) => {
        await onRename(name);
        onClose();
      }}
    >
      <button type="button" className="button" onClick={onClose}>
        {text('form.cancel')}
      </button>
    </Form>
  );
}

function passkeyFacts({ created_at, last_used_at, backed_up }: Passkey): string {
  return [
    text('passkeys.added', { moment: formatTime(created_at) }),
    last_used_at === null
      ? text('passkeys.unused')
      : text('passkeys.used', { moment: formatTime(last_used_at) }),
    ...(backed_up ? [text('passkeys.backedUp')] : []),
  ].join(', ');
}
