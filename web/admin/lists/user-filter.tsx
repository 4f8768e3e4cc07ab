import { TextInput } from 'react-admin';
import { text } from '../texts/texts.js';

/** The filter by user. */
export function userFilter(source: 'user' | 'actor' | 'subject', label = text('filter.user')) {
  return (
    <TextInput
      key={source}
      source={source}
      label={label}
      helperText={false}
      placeholder={text('filter.userHint')}
      slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
    />
  );
}
