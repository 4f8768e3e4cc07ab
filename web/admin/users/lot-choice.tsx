import { useQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import { creditAmount } from '../../api/credits.js';
import type { ListedUser, Lot } from '../../api/api-objects.js';
import { lotKindText, momentText } from '../../api/wallet-texts.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ChoiceField } from '../ui/choice-field.js';

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
      label="Take from"
      name="lot_id"
      value={lots.some(({ id }) => id === value) ? value : ''}
      choices={[
        { value: '', label: 'the lots, in the order in which they are spent' },
        ...lots.map((lot) => ({ value: lot.id, label: lotText(lot) })),
      ]}
      onValue={onValue}
      error={error}
      hint="What the lot does not cover is taken from the others."
    />
  );
}

function lotText({ kind, left, expires_at }: Lot): string {
  const end = expires_at === null ? '' : `, until ${momentText(expires_at)}`;
  return `${lotKindText(kind)}: ${creditAmount(left)}${end}`;
}
