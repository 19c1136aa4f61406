import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { personEdits, rowOf, type } from '../workspaces/excel/person.ts';
import { Desk, ended, printed } from './jalon.ts';

const BOOK = 'boulangerie-martin.xlsx';

describe('the service', () => {
  it('provisions, answers, takes in what people edit, and stops when asked', {
    timeout: 120_000,
  }, async () => {
    const port = await freePort();
    const desk = new Desk({ HTTP_PORT: String(port), HTTP_TOKEN: 'token-of-the-dashboard' });
    const child = desk.spawn('start');
    const end = ended(child);

    await printed(child, /Ctrl-C/);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([health.status, ready.status]).toEqual([200, 200]);
    expect(await health.json()).toMatchObject({ status: 'ok', lastRuns: { sync: expect.any(String) } });
    const strangers = await fetch(`http://127.0.0.1:${port}/`);
    const headers = { authorization: 'Bearer token-of-the-dashboard' };
    const dashboard = await fetch(`http://127.0.0.1:${port}/`, { headers });
    const style = await fetch(`http://127.0.0.1:${port}/style.css`);
    expect([strangers.status, dashboard.status, style.status]).toEqual([401, 200, 200]);
    expect(await dashboard.text()).toContain('<h1>Boulangerie Martin</h1>');

    const taken = printed(child, /modification/);
    await personEdits(desk.path('projects', BOOK), ({ grid }) =>
      type(grid('plan'), rowOf(grid('plan'), 'comprendre/outil-de-suivi'), 'status', 'Fait'),
    );
    await taken;

    const told = printed(child, /n’est pas un classeur Excel/, child.stderr);
    writeFileSync(desk.path('projects', BOOK), 'no workbook');
    await told;
    const troubled = await (await fetch(`http://127.0.0.1:${port}/`, { headers })).text();
    expect(troubled).toContain('role="alert"');

    const asked = performance.now();
    child.kill('SIGTERM');
    const { code, err } = await end;
    expect(code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(err).toContain('service stopped');
    expect(err).not.toContain('token-of-the-dashboard');
  });

  it('says who has its port, and does nothing', { timeout: 60_000 }, async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const desk = new Desk({ HTTP_PORT: String(port) });

    const { code, err } = await desk.jalon('start');
    await new Promise((resolve) => server.close(resolve));

    expect(code).toBe(2);
    expect(err).toContain(`${port}`);
    expect(err).toContain('HTTP_PORT');
  });
});
