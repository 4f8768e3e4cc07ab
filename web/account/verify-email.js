import { failWith, linkSecret, onSubmit, post, succeed } from './account.js';

onSubmit(async () => {
  const answer = await post('api/email/verify/', { token: linkSecret });
  if (answer.status === 204) succeed('Your email address is confirmed.');
  else failWith(answer);
});
