import { failWith, linkSecret, onSubmit, post, succeed } from './account.js';
import { text } from './language.js';

onSubmit(async () => {
  const response = await post('api/email/verify/', { token: linkSecret });
  if (response.status === 204) succeed(text('Your email address is confirmed.'));
  else failWith(response);
});
