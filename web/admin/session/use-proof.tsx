import { useState, type ReactNode } from 'react';
import { readWaysToProve, type WaysToProve } from '../../api/ways-to-prove.js';
import { failureCode } from '../api/failure.js';
import { ProofDialog } from './proof-dialog.js';

interface Proof {
  /** Does `work`. If it requires a recent proof of identity, asks for one and does it again. Rejects with a failure. */
  withProof: (work: () => Promise<unknown>) => Promise<void>;
  /** The dialog that asks; null while nothing is asked. */
  dialog: ReactNode;
}

interface Request {
  ways: WaysToProve;
  onProved: () => void;
  onCancel: () => void;
}

/** Proofs of identity of the administrator. */
export function useProof(): Proof {
  const [asked, setAsked] = useState<Request | null>(null);
  const withProof = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (failureCode(error) !== 'proof_required') throw error;
      const ways = await readWaysToProve();
      await new Promise<void>((resolve, reject) => {
        const cancel = () => {
          reject(error instanceof Error ? error : new Error('The proof was cancelled.'));
        };
        setAsked({ ways, onProved: resolve, onCancel: cancel });
      });
      await work();
    }
  };
  const dialog =
    asked === null ? null : (
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
