import { useState } from 'react';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { text } from '../texts/texts.js';
import { factorRequests } from './factor-requests.js';
import type { FactorPartProps } from './factors-section.js';

/** How many recovery codes are left, and new ones; nothing for an account without a factor. */
export function RecoveryPart({ factors, change, onCodes }: FactorPartProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { run, problem, isBusy } = useTask();
  const replace = async () => {
    onCodes(await change(factorRequests.replaceRecoveryCodes));
  };
  if (factors.totp === null && factors.passkeys.length === 0) return null;
  return (
    <>
      <h3>{text('recovery.list')}</h3>
      <p className="quiet">{text('recovery.left', { count: factors.recovery_codes_left })}</p>
      {problem !== null && <ProblemNotice problem={problem} />}
      <button
        type="button"
        className="button small"
        disabled={isBusy}
        onClick={() => {
          setIsAsking(true);
        }}
      >
        {text('recovery.renew')}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={text('recovery.renewTitle')}
          confirm={text('recovery.replace')}
          onConfirm={() => {
            run(replace);
            return Promise.resolve();
          }}
          onClose={() => {
            setIsAsking(false);
          }}
        >
          <p>{text('recovery.renewText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
