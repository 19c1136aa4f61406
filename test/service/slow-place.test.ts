import { describe, expect, it } from 'vitest';
import { LiveTeam } from './live-team.ts';
import type { Tool } from './tools/team.ts';

const KEY = 'first/two';
const FOR_EVER = Number.POSITIVE_INFINITY;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A look at the place, which is cut short, and the time that a read of it is waited for. */
const LONGEST_ROUND_MS = 16_000;

/** How a place goes out of order, and how it comes back. */
const TROUBLES: Readonly<
  Record<
    string,
    {
      begin(live: LiveTeam, tool: 'notion' | 'trello'): void;
      end(live: LiveTeam, tool: 'notion' | 'trello'): void;
    }
  >
> = {
  'answers nothing': {
    begin: ({ team }, tool) =>
      team[tool].faults.when(
        () => true,
        { type: 'stall', when: 'before', headers: false },
        { times: FOR_EVER },
      ),
    end: ({ team }, tool) => team[tool].faults.clear(),
  },
  'answers 500': {
    begin: ({ team }, tool) =>
      tool === 'notion'
        ? team.notion.faults.when(
            () => true,
            { type: 'status', status: 500, code: 'internal_server_error', when: 'before' },
            { times: FOR_EVER },
          )
        : team.trello.faults.when(
            () => true,
            { type: 'status', status: 500, when: 'before' },
            { times: FOR_EVER },
          ),
    end: ({ team }, tool) => team[tool].faults.clear(),
  },
  'has revoked our access': {
    begin: ({ team }, tool) => team[tool].revoke(),
    end: ({ team }, tool) => {
      if (tool === 'notion') team.notion.connection.revoked = false;
      else for (const credential of team.trello.world.credentials.values()) credential.revoked = false;
    },
  },
};

const titleIn = async ({ hands }: LiveTeam, where: Tool, key = KEY) =>
  (await hands[where].tasks()).find((one) => one.key === key)?.title;

describe.each(Object.entries(TROUBLES))('a place that %s', (_name, { begin, end }) => {
  it.each(['notion', 'trello'] as const)('does not hold up the others, and catches up: %s', async (tool) => {
    const live = await LiveTeam.start();
    const healthy = tool === 'notion' ? 'trello' : 'notion';
    begin(live, tool);
    // A short while, since it may only be slow.
    const longestAtFirst = await live.pass(HOUR_MS / 2, MINUTE_MS);

    const longest: number[] = [];
    for (const title of ['Un', 'Deux', 'Trois']) {
      await live.hands.excel.setTitle(KEY, title);
      longest.push(await live.round());
      expect(await titleIn(live, healthy)).toBe(title);
      await live.pass(60_000);
    }
    await live.hands[healthy].setDue(KEY, '2027-01-04');
    await live.pass(20_000);
    const due = (await live.team.agreed()).get(KEY)?.fields.due;
    await live.pass(HOUR_MS / 2, MINUTE_MS);
    end(live, tool);
    await live.pass(900_000, MINUTE_MS);

    expect(longestAtFirst).toBeLessThanOrEqual(LONGEST_ROUND_MS);
    expect(Math.max(...longest)).toBeLessThanOrEqual(LONGEST_ROUND_MS);
    expect(due).toBe('2027-01-04');
    expect(await titleIn(live, tool)).toBe('Trois');
    expect(live.reports.at(-1)?.failures).toEqual([]);
    const titles = (await live.hands[tool].tasks()).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    const { workspaces } = await live.team.cycle('apply');
    expect(
      workspaces.map(({ created, updated, archived, edits }) => created + updated + archived + edits),
    ).toEqual([0, 0, 0]);
  });
});

describe('what people do in a place while we cannot see it', () => {
  it('is taken in when it is back, once', async () => {
    const live = await LiveTeam.start();
    const { begin, end } = TROUBLES['answers 500'] ?? {};
    begin?.(live, 'trello');
    await live.pass(300_000, MINUTE_MS);
    await live.hands.trello.setStatus(KEY, 'done');
    await live.hands.trello.addTask('Ajout');
    await live.hands.notion.setTitle(KEY, 'Ailleurs');
    await live.pass(300_000, MINUTE_MS);

    end?.(live, 'trello');
    await live.pass(900_000, MINUTE_MS);

    expect((await live.team.agreed()).get(KEY)?.fields).toMatchObject({ status: 'done', title: 'Ailleurs' });
    for (const tool of ['notion', 'trello', 'excel'] as const) {
      const titles = (await live.hands[tool].tasks()).map(({ title }) => title);
      expect(titles.filter((title) => title === 'Ajout')).toEqual(['Ajout']);
    }
  });
});

describe('a service that asks to be left alone for an hour', () => {
  it('holds up nobody else', async () => {
    const live = await LiveTeam.start();
    live.team.notion.faults.when(() => true, {
      type: 'status',
      status: 429,
      code: 'rate_limited',
      when: 'before',
      retryAfter: 3600,
    });
    await live.pass(600_000, MINUTE_MS);

    await live.hands.excel.setTitle(KEY, 'Pendant ce temps');
    const tookMs = await live.round();
    const early = await titleIn(live, 'trello');
    await live.pass(HOUR_MS + 900_000, MINUTE_MS);

    expect(early).toBe('Pendant ce temps');
    expect(tookMs).toBeLessThanOrEqual(LONGEST_ROUND_MS);
    expect(await titleIn(live, 'notion')).toBe('Pendant ce temps');
  });
});

describe('a first provisioning that takes minutes', () => {
  it('gets through beside a place that works, with nothing twice', async () => {
    const live = await LiveTeam.start({ tools: ['excel', 'trello'] });
    live.team.tools = ['excel', 'trello', 'notion'];
    live.restart();
    const slow = { from: live.team.time.now() };
    live.team.notion.faults.when(
      ({ index }) => index % 3 === 0 && live.team.time.now() - slow.from < HOUR_MS / 4,
      { type: 'stall', when: 'after', headers: false },
      { times: FOR_EVER },
    );

    await live.pass(HOUR_MS, MINUTE_MS);

    expect(live.reports.at(-1)?.failures).toEqual([]);
    const keys = (await live.hands.notion.tasks()).map(({ key }) => key);
    expect(keys.toSorted()).toEqual(['first/one', 'first/two', 'second/three']);
  });
});
