import { useState } from 'react';
import type { TotpSetup } from '../../api/api-objects.js';
import { TotpSetUp } from '../factors/totp-set-up.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { formatTime } from '../layout/format.js';
import { text } from '../texts/texts.js';
import { factorRequests } from './factor-requests.js';
import type { FactorPartProps } from './factors-section.js';

/** The authenticator app of the account. */
export function TotpPart({ factors: { totp }, change, onCodes }: FactorPartProps) {
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [isRemoving, setIsRemoving] = useState(false);
  const { run, problem, isBusy } = useTask();
  const begin = async () => {
    setSetup(await change(factorRequests.setUpTotp));
  };
  const confirm = async (code: string) => {
    onCodes(await change(() => factorRequests.confirmTotp(code)));
    setSetup(null);
  };
  return (
    <>
      <h3>{text('totp.title')}</h3>
      <p className="quiet">
        {totp === null ? text('totp.none') : text('totp.since', { moment: formatTime(totp.created_at) })}
      </p>
      {totp === null && setup !== null && (
        <TotpSetUp setup={setup} onConfirm={confirm}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setSetup(null);
            }}
          >
            {text('form.cancel')}
          </button>
        </TotpSetUp>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
      {totp === null && setup === null && (
        <button
          type="button"
          className="button small"
          disabled={isBusy}
          onClick={() => {
            run(begin);
          }}
        >
          {text('totp.setUp')}
        </button>
      )}
      {totp !== null && (
        <button
          type="button"
          className="button small"
          disabled={isBusy}
          onClick={() => {
            setIsRemoving(true);
          }}
        >
          {text('totp.remove')}
        </button>
      )}
      {isRemoving && (
        <ConfirmDialog
          title={text('totp.removeTitle')}
          confirm={text('form.remove')}
          onConfirm={() => {
            run(() => change(factorRequests.removeTotp));
            return Promise.resolve();
          }}
          onClose={() => {
            setIsRemoving(false);
          }}
        >
          <p>{text('totp.removeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
