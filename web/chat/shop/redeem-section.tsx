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
import { text } from '../texts/texts.js';

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
  const fields = [
    { name: 'code', label: text('redeem.label'), hint: text('redeem.hint') },
  ] as const satisfies readonly FieldOptions[];
  return (
    <section aria-labelledby="redeem-title" className="redeem">
      <h2 id="redeem-title">{text('redeem.title')}</h2>
      <Form
        fields={fields}
        submit={text('redeem.submit')}
        onSubmit={redeem}
        done={redeemed === null ? undefined : redeemedText(redeemed)}
      />
    </section>
  );
}

function redeemedText({ credits, expires_at }: RedeemedVoucher): string {
  const added = { count: credits, amount: creditAmount(credits) };
  if (expires_at === null) return text('redeem.added', added);
  return text('redeem.addedUntil', { ...added, moment: formatExpiry(expires_at) });
}

/** Shows why a code was rejected at its field. */
function atField(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.code.startsWith('voucher_')) return error;
  return new Problem(error.status, { ...error.document, errors: { code: [errorMessage(error)] } });
}
