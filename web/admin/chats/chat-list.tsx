import { SelectInput, TextInput } from 'react-admin';
import { RecordList } from '../lists/record-list.js';
import { timeFilter } from '../lists/time-filter.js';
import { userFilter } from '../lists/user-filter.js';
import { ChatRows } from './chat-rows.js';
import { chatStatusChoices } from './chat-statuses.js';
import { ModelInput } from './model-input.js';

const filters = [
  userFilter('user', 'User'),
  <TextInput key="text" source="text" label="Text" placeholder="In message or reply" helperText={false} />,
  <SelectInput key="status" source="status" choices={chatStatusChoices} helperText={false} />,
  <ModelInput key="model" source="model" label="Model" />,
  timeFilter(),
];

/** The chats of all users. */
export default function ChatList() {
  return (
    <RecordList title="Chats" sort={{ field: 'id', order: 'DESC' }} filters={filters}>
      <ChatRows scope="all" />
    </RecordList>
  );
}
