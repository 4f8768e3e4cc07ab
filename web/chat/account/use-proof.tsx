import { useState, type ReactNode } from 'react';
import { toProblem } from '../../api/problem.js';
import { readWaysToProve, type WaysToProve } from '../../api/ways-to-prove.js';
import { ProofDialog } from './proof-dialog.js';

interface Proof {
  /** Does `work`. If it requires a recent proof of identity, asks for one and does it again. Rejects with a `Problem`. */
  withProof: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The dialog that asks; null while nothing is asked. */
  dialog: ReactNode;
}

interface Request {
  ways: WaysToProve;
  onProved: () => void;
  onCancel: () => void;
}

/** Proofs of identity, by the password, one of the factors or a provider of the account. */
export function useProof(): Proof {
  const [asked, setAsked] = useState<Request | null>(null);
  const withProof = async <Result,>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code !== 'proof_required') throw problem;
      const ways = await readWaysToProve();
      await new Promise<void>((resolve, reject) => {
        const cancel = () => {
          reject(problem);
        };
        setAsked({ ways, onProved: resolve, onCancel: cancel });
      });
      return work();
    }
  };
  const dialog = asked !== null && (
    <ProofDialog
      ways={asked.ways}
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
