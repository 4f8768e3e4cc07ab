import type { AddedPasskey, OwnFactors, Passkey, RecoveryCodes, TotpSetup } from '../../api/api-objects.js';
import type { PresentedFactor } from '../../api/factor-sign-in.js';
import { createPasskey, usePasskey } from '../../api/passkeys.js';
import { act, read } from '../api/read.js';

/** The requests about the second factors of the account. Each rejects with a `Problem`. */
export const factorRequests = {
  factors: () => read<OwnFactors>('/api/me/factors/'),
  setUpTotp: () => read<TotpSetup>('/api/me/totp/', { method: 'POST' }),
  confirmTotp: async (code: string) =>
    (await read<RecoveryCodes>('/api/me/totp/confirm/', { method: 'POST', body: { code } })).recovery_codes,
  removeTotp: () => act('/api/me/totp/', 'DELETE'),
  replaceRecoveryCodes: async () =>
    (await read<RecoveryCodes>('/api/me/recovery-codes/', { method: 'POST' })).recovery_codes,
  /** Resolves with recovery codes if it is the first factor of the account; otherwise with null. */
  addPasskey: async (name: string) => {
    const passkey = await createPasskey('/api/me/passkey/options/');
    const body = { name, passkey };
    return (await read<AddedPasskey>('/api/me/passkeys/', { method: 'POST', body })).recovery_codes;
  },
  renamePasskey: async (id: string, name: string) => {
    await read<Passkey>(`/api/me/passkeys/${id}/`, { method: 'PATCH', body: { name } });
  },
  removePasskey: (id: string) => act(`/api/me/passkeys/${id}/`, 'DELETE'),
  /** Proves the identity of the user again, for the changes of the next minutes. */
  prove: (proof: { password: string } | PresentedFactor) => act('/api/me/proof/', 'POST', proof),
  usePasskey: () => usePasskey('/api/me/proof/options/'),
};
