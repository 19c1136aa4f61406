import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Lobby } from './lobby.ts';
import { readPage } from './shown-page.ts';

const TOKEN = 'a-long-random-token-of-our-own';
const SHORT = 'short-token';
const NAMES = { martin: 'Boulangerie Martin' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function guarded(): Promise<Lobby> {
  const lobby = await Lobby.open(NAMES, { token: TOKEN });
  await lobby.found('martin');
  return lobby;
}

function signIn(lobby: Lobby, token: string, going = ''): Promise<Response> {
  const body = new URLSearchParams({ token, going }).toString();
  return lobby.fetch('/sign-in', { method: 'POST', body, headers: FORM });
}

/** With headers that `fetch` writes itself. */
function asked(lobby: Lobby, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(lobby.url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the entrance of the dashboard', () => {
  it('asks strangers for the token, and shows them nothing of any company', async () => {
    const lobby = await guarded();

    for (const path of [
      '/',
      '/projects/martin',
      '/projects/nobody',
      '/projects/martin/charts/progress.svg',
    ]) {
      const page = await lobby.page(path);
      expect(page.status).toBe(401);
      expect(page.all('input[name=token][type=password]')).toHaveLength(1);
      expect(page.html).not.toContain('Boulangerie');
    }
  });

  it('lets a browser in that has signed in, where it was going, and out again', async () => {
    const lobby = await guarded();
    const asked = await lobby.page('/projects/martin');

    const answer = await signIn(lobby, TOKEN, asked.attributes('input[name=going]', 'value')[0]);
    const cookie = answer.headers.get('set-cookie') ?? '';
    lobby.cookie = cookie.split(';')[0] ?? '';
    const inside = await lobby.page('/projects/martin');
    const out = await lobby.fetch('/sign-out', { method: 'POST' });

    expect(asked.attributes('form', 'action')).toEqual(['../sign-in']);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, './projects/martin']);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    expect(cookie).not.toContain(TOKEN);
    expect(inside.one('h1')).toBe('Boulangerie Martin');
    expect(inside.one('footer button')).toBe('Se déconnecter');
    expect(out.status).toBe(303);
    expect(out.headers.get('set-cookie')).toMatch(/^jalon-session-\d+=;.*Max-Age=0/);
  });

  it('keeps the session to encrypted connections where it has come by one', async () => {
    const lobby = await Lobby.open(NAMES, { token: TOKEN, publicUrl: 'https://jalon.example.org' });
    const body = `token=${TOKEN}`;
    const cookieFor = (host: string) =>
      new Promise<string>((resolve, reject) => {
        request(`${lobby.url}/sign-in`, { method: 'POST', headers: { ...FORM, host } }, (answer) => {
          answer.resume();
          resolve(answer.headers['set-cookie']?.[0] ?? '');
        })
          .on('error', reject)
          .end(body);
      });

    expect(await cookieFor('jalon.example.org')).toMatch(/; Secure/);
    expect(await cookieFor('localhost:4180')).toMatch(/^jalon-session-\d+=(?!.*Secure)/);
  });

  it('ends a session after thirty days, and believes none that it has not made', async () => {
    const lobby = await guarded();
    const answer = await signIn(lobby, TOKEN);
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const statusWith = async (shown: string) => {
      lobby.cookie = shown;
      return lobby.status('/');
    };

    expect(await statusWith(cookie)).toBe(200);
    expect(await statusWith(cookie.replace(/=\d/, '=9'))).toBe(401);
    expect(await statusWith(cookie.replace(/=.*/, '=99999999999999'))).toBe(401);
    lobby.move('2026-12-17T08:00:00.000Z');
    expect(await statusWith(cookie)).toBe(401);
  });

  it('lets scripts in by the token in a header, and never by one in an address', async () => {
    const lobby = await guarded();
    const statusOf = (path: string, headers: Record<string, string> = {}) => lobby.status(path, { headers });

    expect(await statusOf('/', { authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await statusOf('/', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await statusOf(`/?token=${TOKEN}`)).toBe(401);
  });

  it('says that a token is wrong, and after ten wrong ones takes none for a minute', async () => {
    const lobby = await Lobby.open(NAMES, { token: SHORT });
    await lobby.found('martin');
    const wrong = await signIn(lobby, 'guess');
    for (let guess = 1; guess < 10; guess++) await signIn(lobby, `guess ${guess}`);

    const right = await signIn(lobby, SHORT);
    const script = await lobby.status('/', { headers: { authorization: `Bearer ${SHORT}` } });
    await lobby.time.advance(60_000);
    const later = await signIn(lobby, SHORT);

    expect(wrong.status).toBe(401);
    expect(readPage(401, await wrong.text()).one('[role=alert]')).toBe('Ce n’est pas le bon jeton.');
    expect([right.status, right.headers.get('retry-after')]).toEqual([429, '60']);
    expect(script).toBe(200);
    expect(later.status).toBe(303);
  });

  it('lets the right one in at any time, where it is too long to be guessed', async () => {
    const lobby = await guarded();
    for (let guess = 0; guess < 12; guess++) await signIn(lobby, `guess ${guess}`);

    expect((await signIn(lobby, 'one more')).status).toBe(429);
    expect((await signIn(lobby, TOKEN)).status).toBe(303);
  });

  it('leads nobody elsewhere', async () => {
    const lobby = await guarded();

    for (const going of [
      'https://evil.example',
      '//evil.example',
      'projects/../../x',
      'projects/a\\b',
      'projects/a?b',
    ]) {
      const answer = await signIn(lobby, TOKEN, going);
      expect(answer.headers.get('location')).toBe('./');
    }
  });

  it('takes no form that is longer than any token', async () => {
    const lobby = await guarded();

    const answer = await lobby.fetch('/sign-in', { method: 'POST', body: 'x'.repeat(5000), headers: FORM });

    expect(answer.status).toBe(413);
  });

  it('needs no token on the machine of the service, called by its own name', async () => {
    const lobby = await Lobby.open(NAMES);

    expect(await asked(lobby, { host: 'localhost:4180' })).toBe(200);
    expect(await asked(lobby, { host: '127.0.0.1' })).toBe(200);
    expect(await asked(lobby, { host: '[::1]:4180' })).toBe(200);
    expect(await asked(lobby, { host: 'evil.example' })).toBe(403);
    expect(await asked(lobby, { host: 'localhost.evil.example' })).toBe(403);
  });

  it('is closed to what comes through a proxy, or is loaded by a foreign page, while there is no token', async () => {
    const lobby = await Lobby.open(NAMES);
    await lobby.found('martin');
    const statusWith = (headers: Record<string, string>) => asked(lobby, headers);

    expect(await statusWith({ 'x-forwarded-for': '203.0.113.9' })).toBe(403);
    expect(await statusWith({ forwarded: 'for=203.0.113.9' })).toBe(403);
    expect(await statusWith({ 'x-real-ip': '203.0.113.9' })).toBe(403);
    expect(await statusWith({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await statusWith({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
    expect(await statusWith({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' })).toBe(200);
  });

  it('takes no token where there is none', async () => {
    const answer = await signIn(await Lobby.open(NAMES, { publicUrl: 'https://jalon.example.org' }), TOKEN);

    expect(answer.status).toBe(403);
    expect(readPage(403, await answer.text()).text).toContain('Ajoutez HTTP_TOKEN');
  });

  it('leads whoever asks for the address of the form to the form', async () => {
    const answer = await (await guarded()).fetch('/sign-in');

    expect([answer.status, answer.headers.get('location')]).toEqual([303, './']);
  });

  it('is closed without a token where others can reach the service, and says how to open it', async () => {
    for (const options of [{ publicUrl: 'https://jalon.example.org' }, { host: '0.0.0.0' }]) {
      const lobby = await Lobby.open(NAMES, options);
      const page = readPage(403, await (await fetch(lobby.url.replace('0.0.0.0', '127.0.0.1'))).text());

      expect(page.text).toContain('Ajoutez HTTP_TOKEN au fichier .env');
      expect(page.html).not.toContain('Boulangerie');
    }
  });
});

describe('every page', () => {
  it('runs no script, loads nothing from elsewhere, stands in no frame, and is kept by no cache', async () => {
    const lobby = await guarded();

    const answer = await lobby.fetch('/', { headers: { authorization: `Bearer ${TOKEN}` } });
    const html = await answer.text();

    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(html).not.toMatch(/<script|style="|javascript:/i);
    expect(html).not.toContain(TOKEN);
    expect(lobby.logLines.join('')).not.toContain(TOKEN);
  });

  it('is dressed by one style sheet and an icon, which say nothing and are open to all', async () => {
    const lobby = await guarded();

    const style = await lobby.fetch('/style.css');
    const again = await lobby.fetch('/style.css', {
      headers: { 'if-none-match': style.headers.get('etag') ?? '' },
    });
    const icon = await lobby.fetch('/icon.svg');

    expect([style.status, again.status, icon.status]).toEqual([200, 304, 200]);
    expect(await style.text()).toContain('grid-template-columns');
    expect(await icon.text()).toMatch(/^<svg/);
  });
});
