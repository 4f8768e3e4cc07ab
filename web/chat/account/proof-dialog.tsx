import { useEffect, useRef, useState } from 'react';
import { beginProof } from '../../api/provider-sign-in.js';
import type { WaysToProve } from '../../api/ways-to-prove.js';
import { codeField, recoveryCodeField } from '../factors/code-field.js';
import { OtherWays } from '../factors/other-ways.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { text } from '../texts/texts.js';
import { factorRequests } from './factor-requests.js';

interface ProofDialogProps {
  ways: WaysToProve;
  onProved: () => void;
  /** Called after a proof and when the user cancels. */
  onClose: () => void;
}

type Method = 'password' | 'totp' | 'recovery_code' | 'passkey';

/** Asks the user for the password, a second factor or a sign-in at a provider, although they are signed in. */
export function ProofDialog({ ways, onProved, onClose }: ProofDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const possible = methodsOf(ways);
  const [method, setMethod] = useState(possible[0]);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const cancel = (
    <button type="button" className="button" onClick={onClose}>
      {text('form.cancel')}
    </button>
  );
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="proof-title" onClose={onClose}>
      <h2 id="proof-title">{text('proof.title')}</h2>
      <p>{text('proof.about')}</p>
      {method !== undefined && (
        <Form
          key={method}
          fields={fieldsOf(method)}
          submit={text(method === 'passkey' ? 'factor.usePasskey' : 'factor.submit')}
          onSubmit={async (typed: Partial<Record<string, string>>) => {
            await factorRequests.prove(await proofOf(method, typed));
            onProved();
            onClose();
          }}
        >
          {cancel}
        </Form>
      )}
      {method !== undefined && <OtherWays methods={possible} current={method} onChoose={setMethod} />}
      {ways.providers.length > 0 && <ProviderProofs providers={ways.providers} />}
      {method === undefined && <div className="actions">{cancel}</div>}
      {ways.hasPassword && <p className="quiet">{text('proof.without')}</p>}
    </dialog>
  );
}

/** Buttons that leave for a provider, which leads back to this page. */
function ProviderProofs({ providers }: Pick<WaysToProve, 'providers'>) {
  const { run, problem, isBusy } = useTask();
  return (
    <>
      <p className="quiet">{text('proof.aboutProvider')}</p>
      <div className="actions">
        {providers.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className="button small"
            disabled={isBusy}
            onClick={() => {
              run(() => beginProof(id, `/${location.hash}`));
            }}
          >
            {text('proof.byProvider', { provider: name })}
          </button>
        ))}
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
    </>
  );
}

function methodsOf({ hasPassword, factors }: WaysToProve): Method[] {
  const possible: Record<Method, boolean> = {
    password: hasPassword,
    totp: factors?.totp != null,
    passkey: factors !== null && factors.passkeys.length > 0,
    recovery_code: factors !== null && factors.recovery_codes_left > 0,
  };
  return (Object.keys(possible) as Method[]).filter((method) => possible[method]);
}

function fieldsOf(method: Method): readonly FieldOptions[] {
  if (method === 'totp') return [codeField()];
  if (method === 'recovery_code') return [recoveryCodeField()];
  if (method === 'passkey') return [];
  return [
    {
      name: 'password',
      label: text('proof.password'),
      type: 'password',
      autoComplete: 'current-password',
      autoFocus: true,
      isRequired: true,
    },
  ];
}

async function proofOf(method: Method, typed: Partial<Record<string, string>>) {
  if (method === 'passkey') return { passkey: await factorRequests.usePasskey() };
  if (method === 'totp') return { code: typed['code'] ?? '' };
  if (method === 'recovery_code') return { recovery_code: typed['recovery_code'] ?? '' };
  return { password: typed['password'] ?? '' };
}
