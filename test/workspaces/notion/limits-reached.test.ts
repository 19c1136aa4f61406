import { describe, expect, it } from 'vitest';
import { exitCodeOf, NotNow, Refused } from '#src/errors.ts';
import { blockedFault, type Fault } from '../../simulators/notion/faults.ts';
import { differences } from '../faults/difference.ts';
import { isRead, kindOf, nextTemplate, pictureOf, planTemplate } from './fault-matrix.ts';
import { NotionOffice } from './office.ts';
import { NotionTeam } from './team.ts';

const MINUTE_MS = 60_000;
const TIMEOUT_MS = 60_000;

async function plannedTeam(): Promise<NotionTeam> {
  const team = await NotionTeam.start({ template: planTemplate() });
  expect((await team.cycle()).failures).toEqual([]);
  await team.time.advance(10 * MINUTE_MS);
  team.notion.log.clear();
  return team;
}

function limitBlocks({ notion }: NotionTeam, left: number): void {
  const blockCap = notion.world.blocksEver() + left;
  Object.assign(notion.world.settings, { plan: 'free', members: 2, blockCap });
}

function upgrade({ notion }: NotionTeam): void {
  Object.assign(notion.world.settings, { plan: 'plus' });
}

function wordsOf(failures: readonly { readonly error: unknown }[]): string[] {
  return failures.map(({ error }) => (error instanceof Error ? error.message : String(error)));
}

/** Every third of them; in the soak test, all. */
function tried(length: number): readonly number[] {
  const all = Array.from({ length }, (_, index) => index);
  return process.env.JALON_RUNS ? all : all.filter((index) => index % 3 === 0);
}

describe('a Free workspace that is full', { timeout: TIMEOUT_MS }, () => {
  it('is told as what it is, wherever it strikes a first apply, which goes on after the upgrade', async () => {
    const calm = await plannedTeam();
    const expected = pictureOf(calm);
    const blocks = calm.notion.look.blocksCreated();

    const problems = await Promise.all(
      tried(blocks).map(async (left): Promise<string[]> => {
        const team = await NotionTeam.start({ template: planTemplate() });
        limitBlocks(team, left);
        const { failures } = await team.cycle();
        const told = wordsOf(failures);
        const again = wordsOf((await team.cycle()).failures);
        upgrade(team);
        const after = wordsOf((await team.cycle()).failures);
        const tells = [told, again].every(
          ([words, ...more]) => words?.includes('blocks') && more.length === 0,
        );
        return [
          ...(tells ? [] : [`told: ${[...told, ...again].join(' | ')}`]),
          ...after.map((words) => `after the upgrade: ${words}`),
          ...differences(expected, pictureOf(team)).slice(0, 3),
        ].map((problem) => `${left} of ${blocks} blocks: ${problem}`);
      }),
    );

    expect(problems.flat()).toEqual([]);
  });

  it('takes what is changed, and nothing more is created after the first refusal', async () => {
    const team = await plannedTeam();
    team.notion.person.edit(team.notion.look.page('three').id, { État: { status: { name: 'En cours' } } });
    team.template = nextTemplate();
    team.restart();
    limitBlocks(team, 0);

    const { failures } = await team.cycle();

    expect(failures).toHaveLength(1);
    expect(wordsOf(failures)[0]).toContain('blocks');
    const plan = team.notion.look.dataSource('Plan').id;
    const one = team.notion.look.rows(plan).find(({ title }) => title === 'one');
    expect(one?.values.Description).toBe('Said better');
    expect(team.notion.look.pages('four')).toEqual([]);
    const words = JSON.stringify(team.notion.look.blocks(one?.id ?? ''));
    expect(words).toContain('Point b, said better');
    expect(words).not.toContain('Point d');
    expect(words).not.toContain('Point c');
  });

  it('is asked for nothing when nothing is to be created', async () => {
    const team = await plannedTeam();
    limitBlocks(team, 0);

    const { failures } = await team.cycle();

    expect(failures).toEqual([]);
    expect(team.notion.log.all().filter((request) => !isRead(request))).toEqual([]);
  });
});

describe('a connection that Notion bars', { timeout: TIMEOUT_MS }, () => {
  it('stops the project at once, with words on what to do and exit code 4, and goes on when it is let in', async () => {
    const expected = pictureOf(await plannedTeam());
    const team = await NotionTeam.start({ template: planTemplate() });
    team.notion.faults.on('pages.create', blockedFault, { skip: 2, times: Number.POSITIVE_INFINITY });

    const { failures } = await team.cycle();

    const [failure] = failures;
    expect(failures).toHaveLength(1);
    expect(failure?.error).toBeInstanceOf(Refused);
    expect(exitCodeOf(failure?.error)).toBe(4);
    team.notion.faults.clear();
    expect((await team.cycle()).failures).toEqual([]);
    expect(differences(expected, pictureOf(team))).toEqual([]);
  });

  it('stops the project with exit code 4 when its token is revoked in the middle, wherever that is', async () => {
    const calm = await NotionTeam.start({ template: planTemplate() });
    await calm.cycle();
    const expected = pictureOf(calm);
    const requests = calm.notion.log.all().length;

    const problems = await Promise.all(
      tried(requests).map(async (index): Promise<string[]> => {
        const team = await NotionTeam.start({ template: planTemplate() });
        team.notion.beforeAnswer = (request) => {
          if (request.index === index) team.notion.revoke();
        };
        const struck = await team.cycle();
        const sent = team.notion.log.all().length - index - 1;
        const codes = struck.failures.map(({ error }) => exitCodeOf(error));
        team.notion.connection.revoked = false;
        team.notion.beforeAnswer = () => {};
        team.restart();
        const after = await team.cycle();
        const isLast = index >= requests - 1;
        return [
          ...(isLast || codes.join() === '4' ? [] : [`ended with ${wordsOf(struck.failures).join(' | ')}`]),
          // Those that were under way already.
          ...(sent <= 12 ? [] : [`sent ${sent} more requests`]),
          ...wordsOf(after.failures).map((words) => `after it was let in: ${words}`),
          ...differences(expected, pictureOf(team)).slice(0, 3),
        ].map((problem) => `revoked after request ${index}: ${problem}`);
      }),
    );

    expect(problems.flat()).toEqual([]);
  });
});

describe('a thing that the connection may not touch', { timeout: TIMEOUT_MS }, () => {
  const restricted: Fault = { type: 'status', status: 403, code: 'restricted_resource', when: 'before' };

  it('is told by its name, while everything else is written, and is written once that is allowed', async () => {
    const expected = pictureOf(await plannedTeam());
    const team = await NotionTeam.start({ template: planTemplate() });
    team.notion.faults.when((request) => kindOf(request) === 'pages.create of a line', restricted);

    const { failures } = await team.cycle();

    expect(failures).toHaveLength(1);
    expect(wordsOf(failures)[0]).toContain('three');
    expect(team.notion.look.pages('three')).toEqual([]);
    expect(team.notion.look.rows(team.notion.look.dataSource('Tools').id)).toHaveLength(2);
    expect((await team.cycle()).failures).toEqual([]);
    expect(differences(expected, pictureOf(team))).toEqual([]);
  });
});

describe('a pause that is longer than a command waits', { timeout: TIMEOUT_MS }, () => {
  const closed: Fault = {
    type: 'status',
    status: 429,
    code: 'rate_limited',
    when: 'before',
    retryAfter: 3600,
  };

  it('ends the cycle with the time until then, asks nothing meanwhile, and the next one goes on', async () => {
    const expected = pictureOf(await plannedTeam());
    const team = await NotionTeam.start({ template: planTemplate() });
    team.notion.faults.on('pages.create', closed, { skip: 2 });
    const begun = team.time.now();

    const { failures } = await team.cycle();
    const sent = team.notion.log.all().length;
    const meanwhile = await team.cycle();

    expect(team.time.now() - begun).toBeLessThan(MINUTE_MS);
    for (const { error } of [...failures, ...meanwhile.failures]) expect(error).toBeInstanceOf(NotNow);
    expect(failures).toHaveLength(1);
    expect(meanwhile.failures).toHaveLength(1);
    expect(team.notion.log.all()).toHaveLength(sent);
    await team.time.advance(61 * MINUTE_MS);
    expect((await team.cycle()).failures).toEqual([]);
    expect(differences(expected, pictureOf(team))).toEqual([]);
  });
});

describe('three companies on one connection', { timeout: TIMEOUT_MS }, () => {
  it('are provisioned at once without ever being told to slow down', async () => {
    const office = await NotionOffice.open({
      profile: 'essentiel',
      perMinute: 180,
      companies: 3,
      latencyMs: 200,
    });
    try {
      await office.apply();

      const { log, look } = office.notion;
      expect(log.all().length).toBeGreaterThan(180);
      expect(log.all().filter(({ status }) => status !== 200)).toEqual([]);
      expect(log.busiest(MINUTE_MS)).toBeLessThanOrEqual(180);
      expect(look.databases().length % 3).toBe(0);
    } finally {
      await office.close();
    }
  });
});
