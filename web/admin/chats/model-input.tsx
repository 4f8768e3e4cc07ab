import { useQuery } from '@tanstack/react-query';
import { TextInput, useDataProvider } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';

/** The filter by model. It suggests the available models; the name of a former model can be typed. */
export function ModelInput(props: { source: string; label: string; alwaysOn?: boolean }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: names = [] } = useQuery({
    queryKey: ['modelNames'],
    queryFn: () => dataProvider.modelNames(),
  });
  return (
    <>
      <TextInput
        {...props}
        helperText={false}
        slotProps={{ htmlInput: { list: 'model-names', spellCheck: false, autoCapitalize: 'none' } }}
      />
      <datalist id="model-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
