import { SelectInput } from 'react-admin';
import { orderStatusTexts } from '../../api/order-texts.js';
import { choicesOf } from '../lists/filter-choices.js';
import { RecordList } from '../lists/record-list.js';
import { timeFilter } from '../lists/time-filter.js';
import { userFilter } from '../lists/user-filter.js';
import OrderRows from './order-rows.js';
import { PaymentProblemsCard } from './payment-problems-card.js';
import { text } from '../texts/page-texts.js';

const filters = () => [
  userFilter('user'),
  <SelectInput
    key="status"
    source="status"
    label={text('column.state')}
    choices={choicesOf(orderStatusTexts())}
    helperText={false}
  />,
  timeFilter(),
];

/** The orders of all users, and what payments could not be applied to. */
export default function OrderList() {
  return (
    <>
      <RecordList
        title={text('orders.title')}
        sort={{ field: 'created_at', order: 'DESC' }}
        filters={filters()}
      >
        <OrderRows scope="all" />
      </RecordList>
      <PaymentProblemsCard />
    </>
  );
}
