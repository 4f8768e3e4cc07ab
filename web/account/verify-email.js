import { failWith, linkSecret, onSubmit, post, succeed } from './account.js';

onSubmit(async () => {
  const answer = await post('api/email/verify/', { token: linkSecret });
  if (answer.status === 204) succeed('Your email address is confirmed. You can close this page.');
  else failWith(answer);
});
