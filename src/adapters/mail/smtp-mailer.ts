import { createTransport } from 'nodemailer';
import type { Log } from '../../ports/log.js';
import { messageOf, type Sender } from './message.js';
import { outbox, type Outbox } from './outbox.js';

const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 30_000;

/**
 * Sends mails to the SMTP server of a URL such as `smtps://user:password@mail.example.com`. A password is sent to another
 * machine only over TLS.
 *
 * @example
 * ```ts
 * import { smtpMailer } from 'metered-chat/mail';
 *
 * const from = { name: 'Metered Chat', address: 'chat@example.org' };
 * const mailer = smtpMailer({ url: 'smtps://user:password@mail.example.org', from, log });
 * await mailer.finish(5000); // when the process ends
 * ```
 */
export function smtpMailer(options: { url: string; from: Sender; log: Log }): Outbox {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const user = decodeURIComponent(url.username);
  const hasPassword = url.password !== '';
  const transport = createTransport({
    pool: true,
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: hasPassword && !isLoopback(host),
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
  });
  const mails = outbox(options.log, {
    deliver: async (mail) => {
      await transport.sendMail(messageOf(mail, options.from));
    },
    forget: () => Promise.resolve(),
  });
  return {
    ...mails,
    async finish(timeoutMs) {
      const pendingCount = await mails.finish(timeoutMs);
      transport.close();
      return pendingCount;
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}
