import { failWith, linkSecret, onSubmit, post, succeed } from './account.js';

onSubmit(async () => {
  const response = await post('api/email/cancel/', { token: linkSecret });
  if (response.status === 204) {
    succeed(
      'The change is cancelled: your account has this email address. If it was not you who asked for the change, choose a new ' +
        'password now: the person who did it knows the old one.',
    );
  } else failWith(response);
});
