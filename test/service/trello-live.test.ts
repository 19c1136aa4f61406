import { describe, expect, it, onTestFinished } from 'vitest';
import { serviceJobs } from '#src/service/jobs.ts';
import { webhookKeeper } from '#src/service/keep-webhooks.ts';
import { createLog } from '#src/service/log.ts';
import { startService } from '#src/service/start.ts';
import { defaultSettings } from '../simulators/trello/settings.ts';
import { freePort } from '../support/free-port.ts';
import { TrelloTeam } from '../workspaces/trello/team.ts';
import { until } from './listening-post.ts';

const { appSecret } = defaultSettings;
/** Nothing of the schedule falls into a test: what is seen was told by a webhook. */
const NEVER = '0 0 1 1 *';

/** A running service whose one project is on a simulated Trello board, which can reach it. */
async function liveTeam() {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const callbackURL = `${publicUrl}/webhooks/trello`;
  const team = await TrelloTeam.start({ callbackURL });
  const { time, trello } = team;
  const project = await team.running();
  const lines: string[] = [];
  const secrets = [trello.key, trello.token, appSecret];
  const stream = { write: (line: string) => void lines.push(line) };
  const log = createLog({ level: 'trace', run: 'test', secrets: [], stream });
  const cycle = { ...(await team.deps()), log };
  let rounds = 0;
  const jobs = serviceJobs({
    open: async () => project,
    cycle,
    keepWebhooks: webhookKeeper({ ...cycle, time }),
    onReport: () => {
      rounds += 1;
    },
  });
  const service = await team.finish(
    startService({
      jobs: jobs.map((job) => ({ ...job, cron: NEVER })),
      projects: async () => ['martin'],
      open: async () => project,
      notion: { webhookTokens: [] },
      trello: { apiSecrets: [appSecret] },
      publicUrl,
      store: cycle.store,
      timeZone: 'Europe/Paris',
      http: { host: '127.0.0.1', port },
      version: 'test',
      now: () => new Date(time.now()),
      time,
      log,
      run: 'test',
    }),
  );
  onTestFinished(() => service.stop());
  return { team, callbackURL, lines, secrets, rounds: () => rounds };
}

describe('a running service and its board', () => {
  it('are in touch from the first round on: what a person does is taken in at once', async () => {
    const { team, callbackURL, rounds, lines, secrets } = await liveTeam();
    const { trello, time } = team;
    const hooks = [...trello.world.webhooks.values()];
    const before = rounds();

    trello.person.complete(trello.look.cardNamed(team.board, 'one').id);
    await trello.postman.deliverAll();
    await time.advance(2000);
    await until(() => rounds() > before);

    expect(hooks).toMatchObject([{ idModel: team.board, callbackURL, active: true }]);
    expect((await team.agreed()).get('first/one')?.fields.status).toBe('done');
    for (const secret of secrets) expect(lines.join('\n')).not.toContain(secret);
  });

  it('do not answer each other’s echoes', async () => {
    const { team, rounds } = await liveTeam();
    const { trello, time } = team;
    trello.person.complete(trello.look.cardNamed(team.board, 'one').id);
    await trello.postman.deliverAll();
    await time.advance(2000);
    await until(() => rounds() === 2);

    const echoes = trello.postman.waiting().length;
    await trello.postman.deliverAll();
    await time.runOut();

    expect(echoes).toBeGreaterThan(0);
    expect(rounds()).toBe(2);
    expect(time.pending).toBe(0);
  });
});
