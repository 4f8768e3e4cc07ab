import { TextInput } from 'react-admin';

/** The filter by user. */
export function userFilter(source: 'user' | 'actor' | 'subject', label: string) {
  return (
    <TextInput
      key={source}
      source={source}
      label={label}
      helperText={false}
      placeholder="Username, email or id"
      slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
    />
  );
}
