import { appendFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Settings } from '../simulators/trello/settings.ts';
import { startTrello, type TrelloSimulator } from '../simulators/trello/simulator.ts';
import { Desk, type Ended } from './jalon.ts';
import { expectSecret } from './secrecy.ts';

const TIMEOUT_MS = 120_000;
/** Nothing waits for the allowance of the next ten seconds here. */
const QUICK = { tokenPer10Seconds: 10_000, keyPer10Seconds: 10_000, memberPer10Seconds: 10_000 };
const PROJECT = 'boulangerie-martin.yaml';

interface CycleDocument {
  readonly projects: readonly {
    readonly workspaces: readonly {
      readonly kind: string;
      readonly url: string;
      readonly requests: number;
    }[];
  }[];
}

interface PlanDocument {
  readonly projects: readonly {
    readonly workspaces: readonly { readonly cost: { readonly requests: number } }[];
  }[];
}

interface Office {
  readonly desk: Desk;
  readonly trello: TrelloSimulator;
}

/** A company with a Trello workspace and a token for it, which has just been given Jalon. */
async function office(settings: Partial<Settings> = {}): Promise<Office> {
  const trello = await startTrello({ ...QUICK, refusesSecretsInUrl: true, ...settings });
  onTestFinished(() => trello.stop());
  const desk = new Desk({
    TRELLO_BASE_URL: trello.url,
    TRELLO_API_KEY: trello.key,
    TRELLO_TOKEN: trello.token,
    TRELLO_API_SECRET: trello.world.settings.appSecret,
    TRELLO_RATE_PER_10S: '10000',
    LOG_LEVEL: 'trace',
  });
  desk.found({
    kind: 'trello',
    organization: `https://trello.com/w/${trello.organization.name}/home`,
    layout: 'steps',
  });
  return { desk, trello };
}

function expectSecrets({ desk, trello }: Office, ...runs: Ended[]): void {
  for (const secret of [trello.key, trello.token, trello.world.settings.appSecret]) {
    expectSecret(desk, secret, ...runs);
  }
  expect(trello.log.withSecretInUrl()).toEqual([]);
}

function textOf({ out, err }: Ended): string {
  return out + err;
}

describe('a plan in Trello', () => {
  it('is planned with its cost, and nothing is written', { timeout: TIMEOUT_MS }, async () => {
    const all = await office();
    const { desk, trello } = all;

    const planned = await desk.jalon('plan');
    const { document } = await desk.json<PlanDocument>('plan');
    const checked = await desk.jalon('doctor');

    const requests = document.projects[0]?.workspaces[0]?.cost.requests;
    expect(planned.code).toBe(10);
    expect(planned.out).toContain(`${requests}\u00a0requêtes`);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain(`${requests}\u00a0requêtes`);
    expect(checked.out).toContain('Trello répond\u00a0: Facturation.');
    expect(checked.out).toContain('offre gratuite');
    expect(trello.log.writes()).toEqual([]);
    expectSecrets(all, planned, checked);
  });

  it('is applied for what it was said to cost, and then up to date', { timeout: TIMEOUT_MS }, async () => {
    const all = await office();
    const { desk, trello } = all;
    const planned = await desk.json<PlanDocument>('plan');
    const before = await desk.jalon('status');
    trello.log.clear();

    const applied = await desk.json<CycleDocument>('apply');
    const requests = trello.log.all().length;
    trello.log.clear();
    const again = await desk.jalon('apply');
    const synced = await desk.jalon('sync');
    const after = await desk.jalon('plan');
    const standing = await desk.jalon('status');
    const checked = await desk.jalon('doctor');

    const [board] = trello.look.boards();
    expect(applied.code).toBe(0);
    expect(applied.document.projects[0]?.workspaces[0]).toMatchObject({
      kind: 'trello',
      adopted: 0,
      requests,
    });
    expect(requests).toBe(planned.document.projects[0]?.workspaces[0]?.cost.requests);
    expect(applied.document.projects[0]?.workspaces[0]?.url).toContain(`/b/${board?.shortLink}`);
    expect(board?.name).toContain('Boulangerie Martin');
    expect(before.out).toContain(`https://trello.com/w/${trello.organization.name}`);
    expect(standing.out).toContain(`https://trello.com/b/${board?.shortLink}`);
    expect(trello.look.cards(board?.id ?? '').length).toBeGreaterThan(40);
    expect([again, synced, after, standing, checked].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(trello.log.writes()).toEqual([]);
    expectSecrets(all, again, synced, after, standing, checked);
  });

  it('says with exit code 4 what to do about the key and the token: missing, wrong or revoked', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const all = await office();
    const { desk, trello } = all;
    const wrongToken = `ATTA${'0f'.repeat(36)}`;

    const without = await desk.with({ TRELLO_API_KEY: '', TRELLO_TOKEN: '' }).jalon('apply');
    const withoutKey = await desk.with({ TRELLO_API_KEY: '' }).jalon('doctor');
    const wrong = await desk.with({ TRELLO_TOKEN: wrongToken }).jalon('apply');
    trello.revoke();
    const revoked = await desk.jalon('apply');
    const checked = await desk.jalon('doctor');

    const runs = [without, withoutKey, wrong, revoked, checked];
    expect(runs.map(({ code }) => code)).toEqual([4, 4, 4, 4, 4]);
    expect(textOf(without)).toContain('TRELLO_API_KEY, TRELLO_TOKEN');
    expect(textOf(withoutKey)).toMatch(/\(TRELLO_API_KEY\)\. Ouvrez trello\.com/);
    for (const run of [wrong, revoked, checked]) {
      expect(textOf(run)).toContain('révoqué, expiré ou mal copié');
      expect(textOf(run)).toContain('demandez un nouveau jeton');
    }
    expect(trello.log.writes()).toEqual([]);
    expectSecret(desk, wrongToken, ...runs);
    expectSecrets(all, ...runs);
  });

  it('says with exit code 4 that the token may not write', { timeout: TIMEOUT_MS }, async () => {
    const { desk, trello } = await office({ scopes: ['read'] });

    const checked = await desk.jalon('doctor');
    const run = await desk.jalon('apply');

    expect([checked.code, run.code]).toEqual([4, 4]);
    expect(checked.out).toMatch(/✗ .*permet de lire, pas d’écrire.*read,write/);
    expect(textOf(run)).toContain('read,write');
    expect(trello.look.boards()).toEqual([]);
  });

  it('is read with the credentials that the project names', { timeout: TIMEOUT_MS }, async () => {
    const { desk, trello } = await office();
    const other = trello.addCredential(trello.key, `ATTA${'ac'.repeat(36)}`);
    appendFileSync(desk.path('projects', PROJECT), '\ncredentials: ACME\n');

    const without = await desk.jalon('plan');
    const withToken = await desk.with({ TRELLO_TOKEN_ACME: other.token }).jalon('plan');

    expect(without.code).toBe(4);
    expect(textOf(without)).toContain('(TRELLO_TOKEN_ACME)');
    expect(withToken.code).toBe(10);
    expectSecret(desk, other.token, without, withToken);
  });

  it('waits for a person while its board is closed, and goes on once it is open again', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { desk, trello } = await office();
    await desk.jalon('apply');
    const [board] = trello.look.boards();
    trello.person.closeBoard(board?.id ?? '');
    trello.log.clear();

    const closed = await desk.jalon('apply');
    const planned = await desk.jalon('plan');
    const checked = await desk.jalon('doctor');
    const written = trello.log.writes();
    trello.person.reopenBoard(board?.id ?? '');
    const again = await desk.jalon('apply');

    expect([closed.code, planned.code, checked.code, again.code]).toEqual([3, 3, 3, 0]);
    expect(closed.out).toContain('Rouvrez-le');
    expect(checked.out).toMatch(/✗ .*Rouvrez-le/);
    expect(written).toEqual([]);
    expect(trello.look.boards()).toHaveLength(1);
  });
});
