import { useEffect, useState } from 'react';
import type { OwnFactors } from '../../api/api-objects.js';
import { RecoveryCodes } from '../factors/recovery-codes.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { text } from '../texts/texts.js';
import { factorRequests } from './factor-requests.js';
import { PasskeysPart } from './passkeys-part.js';
import { RecoveryPart } from './recovery-part.js';
import { TotpPart } from './totp-part.js';
import { useProof } from './use-proof.js';

/** What the parts of the section have in common. */
export interface FactorPartProps {
  factors: OwnFactors;
  /** Sends a change, after a proof of identity if one is required. Rejects with a `Problem`. */
  change: <Result>(request: () => Promise<Result>) => Promise<Result>;
  /** Shows new recovery codes. */
  onCodes: (codes: readonly string[]) => void;
}

/** The second factors of the account. */
export function FactorsSection() {
  const [factors, setFactors] = useState<OwnFactors | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { run, problem } = useTask();
  const { withProof, dialog } = useProof();
  const load = async () => {
    setFactors(await factorRequests.factors());
  };
  useEffect(() => {
    run(load);
  }, []);
  const change: FactorPartProps['change'] = async (request) => {
    const result = await withProof(request);
    await load();
    return result;
  };
  const part = factors !== null && { factors, change, onCodes: setCodes };
  return (
    <section aria-labelledby="factors-title">
      <h2 id="factors-title">{text('factors.title')}</h2>
      <p>{text('factors.about')}</p>
      {factors?.required === true && <p>{text('factors.required')}</p>}
      {problem !== null && <ProblemNotice problem={problem} />}
      {codes !== null && (
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(null);
          }}
        />
      )}
      {part !== false && (
        <>
          <TotpPart {...part} />
          <PasskeysPart {...part} />
          <RecoveryPart {...part} />
        </>
      )}
      {dialog}
    </section>
  );
}
