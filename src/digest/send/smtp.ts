import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection, { type SentMessageInfo, type SMTPError } from 'nodemailer/lib/smtp-connection';
import type { OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Attempt } from './attempt.ts';
import { domainOf, type MailServer } from './mail-server.ts';
import { renderEmail } from './render-email.ts';

/** The only module that loads the mail library: it is loaded itself when a message waits. */

export interface SmtpOptions {
  readonly time: Time;
  readonly signal?: AbortSignal | undefined;
  /** For the whole of it, from the first look-up to the last answer. */
  readonly timeoutMs?: number | undefined;
  /** Certificates to trust besides those of the system. */
  readonly ca?: string | undefined;
}

export interface Letter {
  readonly project: string;
  readonly company: string;
  readonly message: OutgoingMessage;
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly date: Date;
}

const TIMEOUT_MS = 5 * 60_000;
const CONNECT_TIMEOUT_MS = 30_000;
/** A server may take its time to look through a message before it says that it takes it. */
const SILENCE_TIMEOUT_MS = 2 * 60_000;

/**
 * Sends one e-mail over a connection of its own. Does not retry. What it says is sure: `notNow` and `refused` only
 * where the server said no, or the body had not begun to leave; once it has, a connection that ends without an
 * answer is `unknown`, since SMTP has no way to ask whether a message was taken.
 */
export async function sendLetter(server: MailServer, letter: Letter, options: SmtpOptions): Promise<Attempt> {
  if (server.from === undefined) return { kind: 'notNow', why: 'noSender' };
  const body = await composed(server.from, letter);
  let left = false;
  // Read only once the server has asked for it: from then on, it may have the message.
  const content = new Readable({
    read() {
      left = true;
      this.push(body);
      this.push(null);
    },
  });
  const envelope = { from: server.from, to: letter.to.map(({ address }) => address) };
  try {
    const { rejectedErrors = [] } = await converse<SentMessageInfo>(server, options, (connection, done) =>
      connection.send(envelope, content, done),
    );
    const refused = addressesIn(rejectedErrors, isForGood);
    const later = addressesIn(rejectedErrors, (error) => !isForGood(error));
    return {
      kind: 'sent',
      ...(refused.length > 0 && { refused }),
      ...(later.length > 0 && { later }),
      ...(rejectedErrors[0]?.response && { detail: rejectedErrors[0].response }),
    };
  } catch (error) {
    return attemptFrom(error as SMTPError, left);
  }
}

/** Connects and logs in, and sends nothing. `undefined`: the server lets us in. */
export async function greetServer(server: MailServer, options: SmtpOptions): Promise<Attempt | undefined> {
  try {
    await converse<undefined>(server, options, (_connection, done) => done(null, undefined));
    return undefined;
  } catch (error) {
    return attemptFrom(error as SMTPError, false);
  }
}

type Done<T> = (error: SMTPError | null, result: T) => void;

function converse<T>(
  { host, port, secure, requireTLS, auth }: MailServer,
  { time, signal, timeoutMs = TIMEOUT_MS, ca }: SmtpOptions,
  work: (connection: SMTPConnection, done: Done<T>) => void,
): Promise<T> {
  const connection = new SMTPConnection({
    ...{ host, port, secure, requireTLS },
    connectionTimeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
    greetingTimeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
    dnsTimeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
    socketTimeout: Math.min(SILENCE_TIMEOUT_MS, timeoutMs),
    ...(ca !== undefined && { tls: { ca } }),
  });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const step =
    <R>(next: (result: R) => void): ((error: SMTPError | null | undefined, result: R) => void) =>
    (error, result) => {
      if (error) reject(error);
      else next(result);
    };
  const giveUp = () => {
    reject(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' }));
    connection.close();
  };
  const cancelTimer = time.after(timeoutMs, giveUp);
  signal?.addEventListener('abort', giveUp, { once: true });
  // It goes on being an emitter after the promise is settled: unheard, a late error would end the process.
  connection.on('error', reject);
  const begin = () => work(connection, step(resolve));
  connection.connect((error) => {
    if (error) reject(error);
    else if (auth) connection.login({ user: auth.user, pass: auth.pass }, step(begin));
    else begin();
  });
  return promise
    .then(
      (result) => {
        connection.quit();
        return result;
      },
      (error: unknown) => {
        connection.close();
        throw error;
      },
    )
    .finally(() => {
      cancelTimer();
      signal?.removeEventListener('abort', giveUp);
    });
}

async function composed(from: string, { project, company, message, to, date }: Letter): Promise<Buffer> {
  const domain = domainOf(from);
  const { subject, html, text, pictures } = renderEmail(message, domain);
  const composer = new MailComposer({
    from: { name: `Jalon · ${company}`, address: from },
    to: to.map(({ name, address }) => ({ name, address })),
    subject,
    date,
    messageId: `<${messageIdOf(project, message.key)}@${domain}>`,
    html,
    text,
    attachments: pictures.map(({ cid, png }, index) => ({
      cid,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline',
      filename: `jalon-${index + 1}.png`,
    })),
    headers: {
      'List-Id': `<${project}.jalon.${domain}>`,
      'Auto-Submitted': 'auto-generated',
      'Content-Language': message.locale,
      // Exchange answers automatically to whatever does not say this.
      'X-Auto-Response-Suppress': 'All',
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** The same for the same message, whoever sends it: a second copy would be recognised by it. */
function messageIdOf(project: string, key: string): string {
  return createHash('sha256').update(`${project}\n${key}`).digest('hex').slice(0, 32);
}

function attemptFrom(error: SMTPError, left: boolean): Attempt {
  const { responseCode = 0 } = error;
  const detail = error.response ?? error.originalCode ?? error.code;
  if (!left && isInsecure(error)) return { kind: 'notNow', why: 'insecure', detail };
  if (responseCode < 400) {
    return left ? { kind: 'unknown', why: 'cut', detail } : { kind: 'notNow', why: whyUnsaid(error), detail };
  }
  if (error.rejectedErrors?.length && error.rejectedErrors.every(isForGood)) {
    return {
      kind: 'refused',
      why: 'allRefused',
      detail,
      refused: addressesIn(error.rejectedErrors, isForGood),
    };
  }
  if (responseCode < 500 || error.rejectedErrors?.length) return { kind: 'notNow', why: 'busy', detail };
  // Who we are is mended in the settings, and then the message can still go.
  if (!left && !/^DATA$/i.test(error.command ?? '')) return { kind: 'notNow', why: 'notLetIn', detail };
  return { kind: 'refused', why: 'refused', detail };
}

function whyUnsaid({ code }: SMTPError): 'notLetIn' | 'unreachable' {
  return code === 'EAUTH' || code === 'ENOAUTH' ? 'notLetIn' : 'unreachable';
}

function isInsecure({ code = '', originalCode = '' }: SMTPError): boolean {
  return /^E(?:REQUIRE)?TLS$/.test(code) || /CERT|^UNABLE_TO_|^ERR_TLS/.test(`${originalCode} ${code}`);
}

function isForGood({ responseCode = 0 }: SMTPError): boolean {
  return responseCode >= 500;
}

function addressesIn(errors: readonly SMTPError[], which: (error: SMTPError) => boolean): string[] {
  return errors.filter(which).flatMap(({ recipient }) => recipient ?? []);
}
