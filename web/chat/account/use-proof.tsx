import { useState, type ReactNode } from 'react';
import type { OwnFactors } from '../../api/api-objects.js';
import { toProblem } from '../../api/problem.js';
import { factorRequests } from './factor-requests.js';
import { ProofDialog } from './proof-dialog.js';

interface Proof {
  /** Does `work`. If it requires a recent proof of identity, asks for one and does it again. Rejects with a `Problem`. */
  withProof: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The dialog that asks; null while nothing is asked. */
  dialog: ReactNode;
}

interface Request {
  factors: OwnFactors | null;
  onProved: () => void;
  onCancel: () => void;
}

/** Proofs of identity, by the password or one of the factors of the account. */
export function useProof(): Proof {
  const [asked, setAsked] = useState<Request | null>(null);
  const withProof = async <Result,>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code !== 'proof_required') throw problem;
      // Without them, the password remains.
      const factors = await factorRequests.factors().catch(() => null);
      await new Promise<void>((resolve, reject) => {
        const cancel = () => {
          reject(problem);
        };
        setAsked({ factors, onProved: resolve, onCancel: cancel });
      });
      return work();
    }
  };
  const dialog = asked !== null && (
    <ProofDialog
      factors={asked.factors}
      onProved={asked.onProved}
      onClose={() => {
        setAsked(null);
        // Without effect once the identity is proved.
        asked.onCancel();
      }}
    />
  );
  return { withProof, dialog };
}
