import { useEffect, useRef, useState } from 'react';
import type { OwnFactors } from '../../api/api-objects.js';
import { codeField, recoveryCodeField } from '../factors/code-field.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { text } from '../texts/texts.js';
import { factorRequests } from './factor-requests.js';

interface ProofDialogProps {
  factors: OwnFactors | null;
  onProved: () => void;
  /** Called after a proof and when the user cancels. */
  onClose: () => void;
}

type Method = 'password' | 'totp' | 'recovery_code' | 'passkey';

/** Asks the user for the password or a second factor, although they are signed in. */
export function ProofDialog({ factors, onProved, onClose }: ProofDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [method, setMethod] = useState<Method>('password');
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const prove = async (typed: Partial<Record<string, string>>) => {
    await factorRequests.prove(await proofOf(method, typed));
    onProved();
    onClose();
  };
  const others = methodsOf(factors).filter((each) => each !== method);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="proof-title" onClose={onClose}>
      <h2 id="proof-title">{text('proof.title')}</h2>
      <p>{text('proof.about')}</p>
      <Form
        key={method}
        fields={fieldsOf(method)}
        submit={text(method === 'passkey' ? 'factor.usePasskey' : 'factor.submit')}
        onSubmit={prove}
      >
        <button type="button" className="button" onClick={onClose}>
          {text('form.cancel')}
        </button>
      </Form>
      {others.length > 0 && (
        <div className="ways" role="group" aria-label={text('factor.otherWays')}>
          {others.map((other) => (
            <button
              key={other}
              type="button"
              className="button small"
              onClick={() => {
                setMethod(other);
              }}
            >
              {text(switches[other])}
            </button>
          ))}
        </div>
      )}
      <p className="quiet">{text('proof.without')}</p>
    </dialog>
  );
}

const switches = {
  password: 'proof.usePassword',
  totp: 'factor.useCode',
  recovery_code: 'factor.useRecovery',
  passkey: 'factor.usePasskey',
} as const satisfies Record<Method, string>;

function methodsOf(factors: OwnFactors | null): Method[] {
  const possible: Record<Method, boolean> = {
    password: true,
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
