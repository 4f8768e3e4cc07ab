export const exampleId = '0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04';
export const exampleTime = '2030-01-31T12:00:00.000Z';

export const exampleCredentials = { username: 'jane_doe', password: 'StrongPass123!' };

export const exampleSession = {
  token: 'mca_…',
  expires_at: '2030-02-01T12:00:00.000Z',
  refresh_token: 'mcr_…',
  refresh_expires_at: '2030-03-02T12:00:00.000Z',
};
