import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Lobby } from './lobby.ts';
import { readPage } from './shown-page.ts';

const TOKEN = 'a-long-random-token-of-our-own';
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

/** As a browser does that was led to this machine by a name that is not its own. */
function askedAs(lobby: Lobby, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(lobby.url, { headers: { host } }, (answer) => {
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
    expect(out.headers.get('set-cookie')).toMatch(/^jalon-session=;.*Max-Age=0/);
  });

  it('keeps the session to encrypted connections where the service is reached by them', async () => {
    const lobby = await Lobby.open(NAMES, { token: TOKEN, publicUrl: 'https://jalon.example.org' });

    const answer = await signIn(lobby, TOKEN);

    expect(answer.headers.get('set-cookie')).toMatch(/; Secure/);
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
    expect(await statusWith('jalon-session=99999999999999')).toBe(401);
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

  it('says that a token is wrong, and after ten wrong ones waits for a minute', async () => {
    const lobby = await guarded();
    const wrong = await signIn(lobby, 'guess');
    for (let guess = 1; guess < 10; guess++) await signIn(lobby, `guess ${guess}`);

    const right = await signIn(lobby, TOKEN);
    const script = await lobby.status('/', { headers: { authorization: `Bearer ${TOKEN}` } });
    await lobby.time.advance(60_000);
    const later = await signIn(lobby, TOKEN);

    expect(wrong.status).toBe(401);
    expect(readPage(401, await wrong.text()).one('[role=alert]')).toBe('Ce n’est pas le bon jeton.');
    expect([right.status, right.headers.get('retry-after')]).toEqual([429, '60']);
    expect(script).toBe(200);
    expect(later.status).toBe(303);
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

    expect(answer.status).toBe(400);
  });

  it('needs no token on the machine of the service, called by its own name', async () => {
    const lobby = await Lobby.open(NAMES);

    expect(await askedAs(lobby, 'localhost:4180')).toBe(200);
    expect(await askedAs(lobby, '127.0.0.1')).toBe(200);
    expect(await askedAs(lobby, '[::1]:4180')).toBe(200);
    expect(await askedAs(lobby, 'evil.example')).toBe(403);
    expect(await askedAs(lobby, 'localhost.evil.example')).toBe(403);
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
