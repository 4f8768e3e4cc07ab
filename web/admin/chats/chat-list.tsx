import { SelectInput, TextInput } from 'react-admin';
import { RecordList } from '../lists/record-list.js';
import { timeFilter } from '../lists/time-filter.js';
import { userFilter } from '../lists/user-filter.js';
import { ChatRows } from './chat-rows.js';
import { chatStatusChoices } from './chat-statuses.js';
import { ModelInput } from './model-input.js';
import { text } from '../texts/page-texts.js';

const filters = () => [
  userFilter('user'),
  <TextInput
    key="text"
    source="text"
    label={text('chats.text')}
    placeholder={text('chats.textHint')}
    helperText={false}
  />,
  <SelectInput
    key="status"
    source="status"
    label={text('column.status')}
    choices={chatStatusChoices()}
    helperText={false}
  />,
  <ModelInput key="model" source="model" label={text('column.model')} />,
  timeFilter(),
];

/** The chats of all users. */
export default function ChatList() {
  return (
    <RecordList title={text('chats.title')} sort={{ field: 'created_at', order: 'DESC' }} filters={filters()}>
      <ChatRows scope="all" />
    </RecordList>
  );
}
