import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Log } from '../../ports/log.js';
import type { Mail } from '../../ports/mailer.js';
import { messageOf, type Sender } from './message.js';
import { outbox, type RequestFields, type Outbox } from './outbox.js';

/**
 * Writes each mail to a file `<time>-<user id>-<id>.eml` that only this operating system user can read, and logs its path.
 * For installations without a mail server. Files are complete once they have this name, and are deleted with the account.
 *
 * @example
 * ```ts
 * import { fileMailer } from 'metered-chat/mail';
 *
 * const from = { name: 'Metered Chat', address: 'chat@example.org' };
 * const mailer = fileMailer({ folder: './mail', from, log });
 * ```
 */
export function fileMailer(options: { folder: string; from: Sender; log: Log }): Outbox {
  const { folder, from, log } = options;
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const deliver = async (mail: Mail, fields: RequestFields) => {
    const { text, html, ...headers } = messageOf(mail, from);
    const alternatives = [rawPart('text/plain', text), rawPart('text/html', html)];
    const { message } = await transport.sendMail({ ...headers, alternatives });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const time = new Date().toISOString().replaceAll(':', '-');
    const file = join(folder, `${time}-${mail.userId}-${randomUUID()}.eml`);
    await writeFile(`${file}.part`, message, { mode: 0o600, flag: 'wx' });
    await rename(`${file}.part`, file);
    log.info({ ...fields, file }, 'mail written to file');
  };
  const forget = async (userId: string) => {
    const names = (await readdir(folder).catch(emptyIfMissing)).filter((name) =>
      name.includes(`-${userId}-`),
    );
    await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
  };
  return outbox(log, { deliver, forget });
}

function emptyIfMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}

/** A part in 8bit encoding, so that its link can be copied from the file. */
function rawPart(mediaType: string, content: string): { raw: string } {
  const headers = `Content-Type: ${mediaType}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  return { raw: headers + content };
}
