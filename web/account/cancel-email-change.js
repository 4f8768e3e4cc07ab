import { failWith, linkSecret, onSubmit, post, succeed } from './account.js';
import { text } from './language.js';

onSubmit(async () => {
  const response = await post('api/email/cancel/', { token: linkSecret });
  if (response.status === 204) {
    succeed(
      text(
        'The change is cancelled: your account has this email address. If you did not request the change, choose a new password now, because another person knows the old one.',
      ),
    );
  } else failWith(response);
});
