import { useState } from 'react';
import { creditAmount } from '../../api/credits.js';
import { Problem } from '../../api/problem.js';
import type { RedeemedVoucher } from '../../api/shop-objects.js';
import { errorMessage } from '../../api/error-messages.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { formatExpiry } from '../layout/format.js';
import { shopApi } from './shop-api.js';

const fields = [
  {
    name: 'code',
    label: 'Voucher code',
    hint: 'In capital or small letters, with or without hyphens.',
  },
] as const satisfies readonly FieldOptions[];

/** A form that redeems a voucher. The balance rises at once. */
export function RedeemSection() {
  const appState = useAppState();
  const [redeemed, setRedeemed] = useState<RedeemedVoucher | null>(null);
  const redeem = async ({ code }: { code: string }) => {
    try {
      setRedeemed(await shopApi.redeem(code));
    } catch (error) {
      throw atField(error);
    }
    // If the server cannot be reached now, the page reads the balance when it is opened again.
    await Promise.allSettled([appState.reloadBalance(), appState.reloadLots(), appState.reloadAccount()]);
  };
  return (
    <section aria-labelledby="redeem-title" className="redeem">
      <h2 id="redeem-title">Redeem a voucher</h2>
      <Form
        fields={fields}
        submit="Redeem"
        onSubmit={redeem}
        done={redeemed === null ? undefined : <RedeemedText redeemed={redeemed} />}
      />
    </section>
  );
}

function RedeemedText({ redeemed: { credits, expires_at } }: { redeemed: RedeemedVoucher }) {
  return (
    <>
      {creditAmount(credits)} {credits === 1 ? 'was' : 'were'} added
      {expires_at === null ? '.' : `. What is left of them expires ${formatExpiry(expires_at)}.`}
    </>
  );
}

/** Shows why a code was rejected at its field. */
function atField(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.code.startsWith('voucher_')) return error;
  return new Problem(error.status, { ...error.document, errors: { code: [errorMessage(error)] } });
}
