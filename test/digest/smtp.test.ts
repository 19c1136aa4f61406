import net from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MailServer } from '#src/digest/send/mail-server.ts';
import { greetServer, sendLetter } from '#src/digest/send/smtp.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { CERTIFICATE, openMailOffice, USER } from './mail-office.ts';
import { aMessage, PNG } from './messages.ts';

const CLAIRE = { name: 'Claire', address: 'claire@example.org' };
const ZOE = { name: '', address: 'zoe@example.org' };

const letter = {
  project: 'martin',
  company: 'Boulangerie Martin',
  message: aMessage(),
  to: [CLAIRE, ZOE],
  date: new Date('2026-11-23T08:00:00Z'),
};

function send(server: MailServer, timeoutMs = 10_000, ca = CERTIFICATE) {
  return sendLetter(server, letter, { time: machineTime, timeoutMs, ca });
}

describe('a letter', () => {
  it('arrives as HTML and as text, with its picture inside and what it shows in words', async () => {
    const office = await openMailOffice();

    const attempt = await send(office.server);

    expect(attempt).toEqual({ kind: 'sent' });
    const [arrived] = office.letters;
    expect(arrived?.subject).toBe('Où en sommes-nous\u00a0? Semaine 48');
    expect(arrived?.from?.text).toBe('"Jalon · Boulangerie Martin" <jalon@example.org>');
    expect(arrived?.to).toMatchObject({ text: '"Claire" <claire@example.org>, zoe@example.org' });
    expect(arrived?.date).toEqual(letter.date);
    expect(arrived?.text).toContain('Trois tâches <b>urgentes</b> & deux autres.');
    expect(arrived?.text).toContain('- Choisir la plateforme\n  https://www.notion.so/page?a=1&b=2');
    expect(arrived?.text).toContain('[Trois tâches sur dix sont faites]');
    expect(arrived?.html).toContain('<html lang="fr">');
    expect(arrived?.html).toContain('Trois tâches &lt;b&gt;urgentes&lt;/b&gt; &amp; deux autres.');
    expect(arrived?.html).toContain(
      '<a href="https://www.notion.so/page?a=1&amp;b=2">Choisir la plateforme</a>',
    );
    expect(arrived?.html).toMatch(/<img [^>]*alt="Trois tâches sur dix sont faites"/);
    expect(arrived?.attachments).toMatchObject([
      { contentType: 'image/png', contentDisposition: 'inline', related: true, content: Buffer.from(PNG) },
    ]);
  });

  it('says that a machine has written it, in which language, and of which list it is', async () => {
    const office = await openMailOffice();

    await send(office.server);

    const headers = office.letters[0]?.headers;
    expect(headers?.get('auto-submitted')).toBe('auto-generated');
    expect(headers?.get('content-language')).toBe('fr');
    expect(headers?.get('list')).toMatchObject({ id: { name: 'martin.jalon.example.org' } });
  });

  it('bears the same id each time that it is sent, and another one than any other', async () => {
    const office = await openMailOffice();

    for (const message of [aMessage(), aMessage({ subject: 'Again' }), aMessage({ key: 'digest:2026-W49' })])
      await sendLetter(office.server, { ...letter, message }, { time: machineTime, ca: CERTIFICATE });

    const [first, second, other] = office.letters.map(({ messageId }) => messageId);
    expect(first).toMatch(/^<[0-9a-f]{32}@example\.org>$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('cannot smuggle a header in through its subject', async () => {
    const office = await openMailOffice();
    const message = aMessage({ subject: 'Bonjour\r\nBcc: thief@example.org' });

    await sendLetter(office.server, { ...letter, message }, { time: machineTime, ca: CERTIFICATE });

    expect(office.letters[0]?.headers.has('bcc')).toBe(false);
    expect(office.letters[0]?.subject).toBe('Bonjour Bcc: thief@example.org');
  });
});

describe('a mail server', () => {
  it.each([
    ['at once, by smtps:', { secure: true }],
    ['by STARTTLS', {}],
  ])('is spoken to in secret %s', async (_how, options) => {
    const secrets: boolean[] = [];
    const office = await openMailOffice({
      ...options,
      onConnect: (_session, done) => done(),
      onAuth: ({ username, password }, session, done) => {
        secrets.push(session.secure);
        return password === USER.pass ? done(null, { user: username }) : done(new Error('no'));
      },
    });

    const attempt = await send({ ...office.server, auth: USER, requireTLS: options !== undefined });

    expect(attempt.kind).toBe('sent');
    expect(secrets).toEqual([true]);
  });

  it('is not given the password where it cannot encrypt', async () => {
    const office = await openMailOffice({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });

    const attempt = await send({ ...office.server, auth: USER, requireTLS: true });

    expect(attempt).toMatchObject({ kind: 'notNow', why: 'insecure' });
    expect(office.letters).toEqual([]);
  });

  it('is not believed when nobody vouches for its certificate', async () => {
    const office = await openMailOffice({ secure: true });

    const attempt = await sendLetter(office.server, letter, { time: machineTime });

    expect(attempt).toMatchObject({ kind: 'notNow', why: 'insecure' });
  });

  it('may refuse the password, which is mended in the settings', async () => {
    const office = await openMailOffice();

    const attempt = await send({ ...office.server, auth: { ...USER, pass: 'wrong-pass' } });

    expect(attempt).toMatchObject({ kind: 'notNow', why: 'notLetIn', detail: expect.stringMatching(/^535/) });
    expect(JSON.stringify(attempt)).not.toContain('wrong-pass');
  });

  it('may refuse the sender, which is mended in the settings', async () => {
    const office = await openMailOffice();
    office.mood = { sender: 553 };

    expect(await send(office.server)).toMatchObject({ kind: 'notNow', why: 'notLetIn' });
  });

  it('may refuse one recipient for good and ask to come back for another, and the rest have the letter', async () => {
    const office = await openMailOffice();
    office.mood = { recipients: { 'claire@example.org': 550, 'zoe@example.org': 451 } };
    const to = [CLAIRE, ZOE, { name: '', address: 'paul@example.org' }];

    const attempt = await sendLetter(
      office.server,
      { ...letter, to },
      { time: machineTime, ca: CERTIFICATE },
    );

    expect(attempt).toMatchObject({
      kind: 'sent',
      refused: ['claire@example.org'],
      later: ['zoe@example.org'],
    });
    expect(office.letters).toHaveLength(1);
  });

  it('may refuse every recipient', async () => {
    const office = await openMailOffice();
    office.mood = { recipients: { 'claire@example.org': 550, 'zoe@example.org': 550 } };

    expect(await send(office.server)).toMatchObject({
      kind: 'refused',
      why: 'allRefused',
      refused: ['claire@example.org', 'zoe@example.org'],
    });
  });

  it.each([
    ['at the recipients', { recipients: { 'claire@example.org': 451, 'zoe@example.org': 451 } }],
    ['once it has the whole letter', { message: 451 }],
  ])('may ask to come back later, %s', async (_when, mood) => {
    const office = await openMailOffice();
    office.mood = mood;

    expect(await send(office.server)).toMatchObject({ kind: 'notNow', why: 'busy' });
    expect(office.letters).toEqual([]);
  });

  it('may refuse the letter once it has it', async () => {
    const office = await openMailOffice();
    office.mood = { message: 554 };

    expect(await send(office.server)).toMatchObject({ kind: 'refused', why: 'refused' });
  });

  it.each(['kept', 'lost'] as const)(
    'that cuts the line once it has the letter leaves it unknown whether it was %s',
    async (cut) => {
      const office = await openMailOffice();
      office.mood = { cut };

      expect(await send(office.server)).toMatchObject({ kind: 'unknown', why: 'cut' });
      expect(office.letters).toHaveLength(cut === 'kept' ? 1 : 0);
    },
  );

  it('that takes the letter and says nothing is not waited for without end', async () => {
    const office = await openMailOffice();
    office.mood = { silent: true };

    expect(await send(office.server, 300)).toMatchObject({
      kind: 'unknown',
      why: 'cut',
      detail: 'ETIMEDOUT',
    });
  });

  it('that never greets has surely taken nothing', async () => {
    const { server, address } = await mute();

    const attempt = await send(server, 200);

    expect(attempt).toMatchObject({ kind: 'notNow', why: 'unreachable' });
    expect(address).toBeGreaterThan(0);
  });

  it('that is not there has surely taken nothing', async () => {
    const attempt = await send({ ...NOWHERE, port: 1 });

    expect(attempt).toMatchObject({ kind: 'notNow', why: 'unreachable', detail: 'ECONNREFUSED' });
  });

  it('lets us in without taking a letter, when it is only greeted', async () => {
    const office = await openMailOffice();
    const options = { time: machineTime, ca: CERTIFICATE, timeoutMs: 5_000 };

    expect(await greetServer({ ...office.server, auth: USER }, options)).toBeUndefined();
    expect(await greetServer({ ...office.server, auth: { ...USER, pass: 'x' } }, options)).toMatchObject({
      why: 'notLetIn',
    });
    expect(office.letters).toEqual([]);
  });
});

const NOWHERE: MailServer = {
  host: '127.0.0.1',
  port: 1,
  secure: false,
  requireTLS: false,
  auth: undefined,
  from: 'jalon@example.org',
};

/** A server that accepts a connection and never says a word. */
async function mute(): Promise<{ readonly server: MailServer; readonly address: number }> {
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  const { port } = listener.address() as net.AddressInfo;
  return { server: { ...NOWHERE, port }, address: port };
}
