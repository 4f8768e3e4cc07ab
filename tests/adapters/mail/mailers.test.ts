import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { fileMailer } from '../../../src/adapters/mail/file-mailer.js';
import { outbox } from '../../../src/adapters/mail/outbox.js';
import { smtpMailer } from '../../../src/adapters/mail/smtp-mailer.js';
import type { Mail } from '../../../src/ports/mailer.js';
import { linesLog } from '../http/test-api.js';

const from = { name: 'Metered Chat — Übung', address: 'chat@example.com' };
const secret = 'mcp_0123456789abcdef0123456789abcdef_S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3tX';
const userId = '019a0000-0000-7000-8000-000000000001';
const mail: Mail = {
  userId,
  to: 'jane@example.com',
  subject: 'Grüße 😀',
  text: `Hello Jané,\n\nhttps://chat.example.com/reset-password?token=${secret}\n`,
  html: `<p>Hello Jané, <a href="https://chat.example.com/reset-password?token=${secret}">here</a></p>`,
};

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

interface Received {
  envelope: { from: string; to: string[] };
  source: string;
  user: string | undefined;
}

/** A real SMTP server. */
async function startSmtpServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          envelope: {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
          },
          source: Buffer.concat(chunks).toString('utf8'),
          user: session.user as string | undefined,
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  cleanUps.push(stop);
  const { port } = server.server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, received, stop };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-mail-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
  return folder;
}

function expectComplete(parsed: ParsedMail): void {
  expect(parsed.from?.value).toEqual([from]);
  expect(parsed.to).toMatchObject({ value: [{ address: mail.to }] });
  expect(parsed.subject).toBe(mail.subject);
  expect(parsed.text).toBe(mail.text);
  expect(parsed.html).toContain(mail.html);
  expect(parsed.messageId).toMatch(/^<.+@example\.com>$/);
  expect(parsed.date).toBeInstanceOf(Date);
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(parsed.headers.has('x-mailer')).toBe(false);
}

describe('the SMTP mailer', () => {
  test('delivers a complete mail to an SMTP server, with the user and password of the URL', async () => {
    const attempts: unknown[] = [];
    const server = await startSmtpServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _, done) {
        attempts.push([username, password]);
        done(null, { user: username ?? '' });
      },
    });
    const lines: string[] = [];
    const url = `smtp://me%40example.com:p%40ss%2Fword@${server.host}`;
    const mailer = smtpMailer({ url, from, log: linesLog(lines) });
    mailer.post(mail);
    expect(await mailer.finish(10_000)).toBe(0);
    expect(attempts).toEqual([['me@example.com', 'p@ss/word']]);
    const [only] = server.received;
    expect(only).toMatchObject({ envelope: { from: from.address, to: [mail.to] }, user: 'me@example.com' });
    expectComplete(await simpleParser(only?.source ?? ''));
    expect(lines).toEqual([]);
  });

  test('delivers each of many concurrent mails once', async () => {
    const server = await startSmtpServer();
    const lines: string[] = [];
    const mailer = smtpMailer({ url: `smtp://${server.host}`, from, log: linesLog(lines) });
    const addresses = Array.from({ length: 40 }, (_, index) => `user${index}@example.com`);
    for (const to of addresses) mailer.post({ ...mail, to });
    expect(await mailer.finish(20_000)).toBe(0);
    expect(server.received.map(({ envelope }) => envelope.to[0]).sort()).toEqual(addresses.sort());
    expect(lines).toEqual([]);
  });

  test('sends to one address, even if it has special characters', async () => {
    const server = await startSmtpServer();
    const mailer = smtpMailer({ url: `smtp://${server.host}`, from, log: linesLog([]) });
    mailer.post({ ...mail, to: "o'neil+a=b!#$%&*@example.com" });
    mailer.post({
      ...mail,
      to: 'jane@example.com\r\nBcc: eve@example.com',
      subject: 'a\r\nBcc: eve@example.com',
    });
    await mailer.finish(10_000);
    const recipients = server.received.flatMap(({ envelope }) => envelope.to);
    expect(recipients).toContain("o'neil+a=b!#$%&*@example.com");
    expect(recipients).not.toContain('eve@example.com');
    for (const { source } of server.received) expect(source).not.toMatch(/^Bcc:/im);
  });

  test('logs a rejected mail without its contents or the password', async () => {
    const server = await startSmtpServer({
      allowInsecureAuth: true,
      onAuth(_, __, done) {
        done(new Error('Wrong user or password'));
      },
    });
    const lines: string[] = [];
    const url = `smtp://me:the-password@${server.host}`;
    const mailer = smtpMailer({ url, from, log: linesLog(lines) });
    expect(() => {
      mailer.post(mail);
    }).not.toThrow();
    expect(await mailer.finish(10_000)).toBe(0);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ level: 'error', message: 'mail delivery failed' });
    expect(lines[0]).not.toMatch(/the-password|S3cr3t|jane/);
  });

  test('logs that the server cannot be reached', async () => {
    const stopped = await startSmtpServer();
    await stopped.stop();
    cleanUps.pop();
    const lines: string[] = [];
    const mailer = smtpMailer({ url: `smtp://${stopped.host}`, from, log: linesLog(lines) });
    mailer.post(mail);
    expect(await mailer.finish(15_000)).toBe(0);
    expect(lines.join()).toContain('mail delivery failed');
  });

  test('does not send its password to another machine without TLS', async () => {
    const attempts: unknown[] = [];
    const server = await startSmtpServer({
      allowInsecureAuth: true,
      onAuth(auth, _, done) {
        attempts.push(auth);
        done(null, { user: 'me' });
      },
    });
    const lines: string[] = [];
    // An address of this machine that the mailer does not recognise as loopback.
    const url = `smtp://me:the-password@${server.host.replace('127.0.0.1', '[::ffff:127.0.0.1]')}`;
    const mailer = smtpMailer({ url, from, log: linesLog(lines) });
    mailer.post(mail);
    await mailer.finish(10_000);
    expect(attempts).toEqual([]);
    expect(lines.join()).toContain('mail delivery failed');
  });
});

describe('the file mailer', () => {
  test('writes each mail to a file that only this user can read, and logs only its path', async () => {
    const folder = join(await temporaryFolder(), 'mail');
    const lines: string[] = [];
    const mailer = fileMailer({ folder, from, log: linesLog(lines) });
    mailer.post(mail);
    mailer.post(mail);
    expect(await mailer.finish(10_000)).toBe(0);
    const names = await readdir(folder);
    expect(names).toHaveLength(2);
    for (const name of names) {
      expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[0-9a-f-]{36}-[0-9a-f-]{36}\.eml$/);
      const file = join(folder, name);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const source = await readFile(file, 'utf8');
      expectComplete(await simpleParser(source));
      expect(source).toContain(`\r\nhttps://chat.example.com/reset-password?token=${secret}\r\n`);
      const line = lines.find((each) => each.includes(name)) ?? '{}';
      expect(JSON.parse(line)).toEqual({ level: 'info', message: 'mail written to file', file });
    }
    expect(lines).toHaveLength(2);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('deletes all mails of an account, including one that is being written, and no others', async () => {
    const folder = join(await temporaryFolder(), 'mail');
    const lines: string[] = [];
    const mailer = fileMailer({ folder, from, log: linesLog(lines) });
    mailer.forget(userId);
    const other = userId.replace(/1$/, '2');
    for (const each of [userId, other, userId]) mailer.post({ ...mail, userId: each });
    mailer.forget(userId);
    expect(await mailer.finish(10_000)).toBe(0);
    expect((await readdir(folder)).map((name) => name.includes(other))).toEqual([true]);
    expect(lines).toHaveLength(3);
  });

  test('logs that a file cannot be written, without its contents', async () => {
    const lines: string[] = [];
    const mailer = fileMailer({ folder: '/dev/null/mail', from, log: linesLog(lines) });
    mailer.post(mail);
    expect(await mailer.finish(10_000)).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('mail delivery failed');
    expect(lines[0]).not.toMatch(/S3cr3t|jane/);
  });
});

describe('the outbox', () => {
  const forget = () => Promise.resolve();

  test('delivers after the caller has continued', async () => {
    const order: string[] = [];
    const deliver = () => Promise.resolve(void order.push('delivered'));
    const box = outbox(linesLog([]), { deliver, forget });
    box.post(mail);
    await Promise.resolve().then(() => order.push('continued'));
    expect(await box.finish(1000)).toBe(0);
    expect(order).toEqual(['continued', 'delivered']);
  });

  test('finish waits for pending mails, including those posted meanwhile', async () => {
    const delivered: string[] = [];
    const deliver = ({ subject }: Mail) => {
      delivered.push(subject);
      if (subject !== 'the last') box.post({ ...mail, subject: 'the last' });
      return Promise.resolve();
    };
    const box = outbox(linesLog([]), { deliver, forget });
    box.post({ ...mail, subject: 'the first' });
    expect(await box.finish(10_000)).toBe(0);
    expect(delivered).toEqual(['the first', 'the last']);
  });

  test('finish waits at most for its timeout', async () => {
    const box = outbox(linesLog([]), { deliver: () => new Promise(() => undefined), forget });
    box.post(mail);
    expect(await box.finish(20)).toBe(1);
  });

  test('drops and logs mails beyond a thousand pending ones', async () => {
    const lines: string[] = [];
    const releases: (() => void)[] = [];
    const deliver = () => new Promise<void>((resolve) => releases.push(resolve));
    const box = outbox(linesLog(lines), { deliver, forget });
    for (let index = 0; index < 1001; index += 1) box.post(mail);
    expect(lines).toHaveLength(1);
    expect(await box.finish(0)).toBe(1000);
    for (const release of releases) release();
  });
});
