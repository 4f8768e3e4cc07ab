import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import { creditAmount } from '../../api/credits.js';
import type { ListedUser, Lot } from '../../api/api-objects.js';
import { lotKindText, momentText } from '../../api/wallet-texts.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ChoiceField } from '../ui/choice-field.js';
import { text } from '../texts/page-texts.js';

interface LotChoiceProps {
  user: ListedUser;
  /** The id of the lot; empty for none. */
  value: string;
  onValue: (lotId: string) => void;
  error: string | undefined;
}

/** The lot that a deduction is taken from first. If the lots cannot be read, there is only the usual order. */
export function LotChoice({ user, value, onValue, error }: LotChoiceProps) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data } = useQuery({
    queryKey: ['lots', user.id, 'left'],
    queryFn: () => dataProvider.lots(user.id, { onlyLeft: true }),
  });
  const lots = data?.results ?? [];
  return (
    <ChoiceField
      label={text('adjust.lot')}
      name="lot_id"
      value={lots.some(({ id }) => id === value) ? value : ''}
      choices={[
        { value: '', label: text('adjust.anyLot') },
        ...lots.map((lot) => ({ value: lot.id, label: lotText(lot) })),
      ]}
      onValue={onValue}
      error={error}
      hint={text('adjust.lotHint')}
    />
  );
}

function lotText({ kind, left, expires_at }: Lot): string {
  const values = { kind: lotKindText(kind), amount: creditAmount(left) };
  return expires_at === null
    ? text('adjust.lotText', values)
    : text('adjust.lotUntil', { ...values, moment: momentText(expires_at) });
}
