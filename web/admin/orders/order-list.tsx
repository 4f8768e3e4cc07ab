import { AutocompleteInput, ReferenceInput, SelectInput } from 'react-admin';
import { orderStatusTexts } from '../../api/order-texts.js';
import { choicesOf } from '../lists/filter-choices.js';
import { RecordList } from '../lists/record-list.js';
import OrderRows from './order-rows.js';
import { PaymentProblemsCard } from './payment-problems-card.js';

/** The choices of the filter by state. */
export const orderStatusChoices = choicesOf(orderStatusTexts);

const filters = [
  <ReferenceInput
    key="user"
    source="user"
    reference="users"
    sort={{ field: 'username', order: 'ASC' }}
    perPage={10}
  >
    <AutocompleteInput
      label="User"
      optionText="username"
      filterToQuery={(q: string) => ({ q })}
      helperText={false}
      sx={{ width: 200 }}
    />
  </ReferenceInput>,
  <SelectInput key="status" source="status" label="State" choices={orderStatusChoices} helperText={false} />,
];

/** The orders of all users, and what payments could not be applied to. */
export default function OrderList() {
  return (
    <>
      <RecordList title="Orders" sort={{ field: 'id', order: 'DESC' }} filters={filters} hasCsv={false}>
        <OrderRows scope="all" />
      </RecordList>
      <PaymentProblemsCard />
    </>
  );
}
