import { expect, it } from 'vitest';
import { parseExposition, valueIn } from '../support/exposition.ts';
import { freePort } from '../support/free-port.ts';
import { Desk, ended, printed } from './jalon.ts';

const TOKEN = 'a-token-for-prometheus';

it('the service tells Prometheus what its first round did, and nobody else', {
  timeout: 120_000,
}, async () => {
  const port = await freePort();
  const desk = new Desk({ HTTP_PORT: String(port), HTTP_TOKEN: TOKEN });
  const child = desk.spawn('start');
  const end = ended(child);
  await printed(child, /Ctrl-C/);

  const url = `http://127.0.0.1:${port}/metrics`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
  const stranger = await fetch(url);

  const text = await answer.text();
  const families = parseExposition(text);
  expect(stranger.status).toBe(401);
  expect(valueIn(families, 'jalon_projects')).toBe(1);
  expect(valueIn(families, 'jalon_job_runs_total', { name: 'sync', outcome: 'done' })).toBeGreaterThanOrEqual(
    1,
  );
  expect(
    valueIn(families, 'jalon_workspace_changes_total', { kind: 'excel', change: 'created' }),
  ).toBeGreaterThan(50);
  expect(valueIn(families, 'jalon_requests_waiting', { api: 'notion' })).toBe(0);
  expect(valueIn(families, 'jalon_outbox_messages', { channel: 'email', state: 'failed' })).toBe(0);
  expect(families.get('jalon_scrape_errors')?.samples.filter(({ value }) => value > 0)).toEqual([]);
  expect(text).not.toContain('Martin');
  child.kill('SIGTERM');
  const { code, out, err } = await end;
  expect(code).toBe(0);
  expect(out + err).not.toContain(TOKEN);
});
