import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { MailServer } from '#src/digest/send/mail-server.ts';

/** The certificate of the test servers, and who trusts it trusts them. */
export const CERTIFICATE = readFileSync(new URL('tls/localhost.crt', import.meta.url), 'utf8');
const KEY = readFileSync(new URL('tls/localhost.key', import.meta.url), 'utf8');

export const USER = { user: 'jalon@example.org', pass: 'p@ss:w/rd' };

/** What the office does with the next messages, in the place of taking them. */
export interface Moods {
  /** The answer to a recipient, by address. */
  readonly recipients?: Readonly<Record<string, number>>;
  /** The answer to the sender. */
  readonly sender?: number;
  /** The answer once the whole message is there. */
  readonly message?: number;
  /** Cuts the line once the whole message is there, having kept it or not. */
  readonly cut?: 'kept' | 'lost';
  /** Keeps the message and says nothing. */
  readonly silent?: boolean;
}

/** A mail server on this machine, a real one, and the letters that it took. */
export interface MailOffice {
  readonly server: MailServer;
  readonly url: string;
  readonly letters: readonly ParsedMail[];
  /** Resolves once so many letters are there. */
  arrived(count: number): Promise<void>;
  mood: Moods;
}

export async function openMailOffice(options: SMTPServerOptions = {}): Promise<MailOffice> {
  const letters: ParsedMail[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const keep = (letter: ParsedMail) => {
    letters.push(letter);
    for (const { count, resolve } of waiting) if (letters.length >= count) resolve();
  };
  const office = { mood: {} as Moods };
  const answer = (code: number | undefined, text: string) =>
    code === undefined ? null : Object.assign(new Error(text), { responseCode: code });

  const smtp = new SMTPServer({
    key: KEY,
    cert: CERTIFICATE,
    authOptional: true,
    logger: false,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      if (username === USER.user && password === USER.pass) return done(null, { user: username });
      return done(new Error('Invalid login'));
    },
    onMailFrom: (_address, _session, done) => done(answer(office.mood.sender, 'Sender refused')),
    onRcptTo: ({ address }, _session, done) =>
      done(answer(office.mood.recipients?.[address], `No such user ${address}`)),
    onData: async (stream, session, done) => {
      const letter = await simpleParser(stream);
      const { cut, message, silent } = office.mood;
      if (cut !== 'lost' && message === undefined) keep(letter);
      if (silent) return;
      // The server knows its connections by the id of the session.
      if (cut) return endConnection(smtp, session.id);
      done(answer(message, 'Come back later'));
    },
    ...options,
  });
  smtp.on('error', () => {});
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => smtp.close(() => resolve())));
  const { port } = smtp.server.address() as AddressInfo;
  const user = `${encodeURIComponent(USER.user)}:${encodeURIComponent(USER.pass)}`;
  return Object.assign(office, {
    letters,
    url: `${options.secure ? 'smtps' : 'smtp'}://${user}@127.0.0.1:${port}`,
    server: {
      host: '127.0.0.1',
      port,
      secure: options.secure === true,
      requireTLS: false,
      auth: undefined,
      from: 'jalon@example.org',
    },
    arrived: (count: number) =>
      new Promise<void>((resolve) => {
        if (letters.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  });
}

interface Connection {
  readonly id: string;
  readonly _socket: { destroy(): void };
}

function endConnection(smtp: SMTPServer, id: string): void {
  const connections = (smtp as unknown as { readonly connections: ReadonlySet<Connection> }).connections;
  for (const connection of connections) if (connection.id === id) connection._socket.destroy();
}
