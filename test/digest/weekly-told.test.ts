import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { deliver } from '#src/digest/send/deliver.ts';
import { NotNow } from '#src/errors.ts';
import { dueDigest, previewDigest, tellDigest } from '#src/service/digest.ts';
import { createDigestRound } from '#src/service/digest-round.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { CERTIFICATE, openMailOffice } from './mail-office.ts';
import { CompanyWithDigests } from './weekly-company.ts';

const FIRST = '2026-11-16T08:00:00.000Z';
/** 08:00 in Paris, on a Monday. */
const MONDAY = '2026-11-23T07:00:00.000Z';
const BY_MAIL = { channels: ['email'] } as const;

async function tell(company: CompanyWithDigests, due?: Date) {
  return tellDigest(await company.running(), await company.deps(), { ...BY_MAIL, due });
}

/** What the service does at each full hour. */
async function hour(company: CompanyWithDigests) {
  return createDigestRound(undefined).tell(await company.running(), await company.deps());
}

async function messages(company: CompanyWithDigests) {
  const entries = await (await company.store()).outbox.entries(company.slug);
  return entries.map(({ key, channel }) => `${key} ${channel}`);
}

function writes(told: Awaited<ReturnType<typeof tell>>) {
  return told?.reports.flatMap(({ workspaces }) =>
    workspaces.map(({ created, updated, archived, adopted }) => created + updated + archived + adopted),
  );
}

describe('a digest that is told', () => {
  it('is the week’s row in the workbook and one message, and nothing the second time', async () => {
    const company = await CompanyWithDigests.founded();
    await company.setStatus('first/one', 'Fait');
    company.move(MONDAY);

    const first = await tell(company);
    const second = await tell(company);

    const row = (await company.agreed()).get('weekly-digests:2026-W48');
    expect(row?.fields).toMatchObject({ progress: 0.33, done: 1, due: 2, stuck: 0, archived: false });
    expect(await company.cell('2026-W48', 'week')).toBe('Semaine 48 · 23 au 29\u00a0novembre\u00a02026');
    expect(await company.cell('2026-W48', 'verdict')).toBe('Dans les temps');
    expect(await company.cell('2026-W48', 'summary')).toContain('Fait depuis le');
    expect(writes(first)).toEqual([0, 1]);
    expect(writes(second)).toEqual([0, 0]);
    expect(await messages(company)).toEqual(['digest:2026-W48 email']);
  });

  it('leads to the dashboard where that is open to its readers', async () => {
    const company = await CompanyWithDigests.founded();
    const deps = { ...(await company.deps()), dashboardUrl: 'https://jalon.example.org' };

    const told = await tellDigest(await company.running(), deps, BY_MAIL);

    expect(told?.message.blocks).toContainEqual({
      kind: 'paragraph',
      text: 'Ouvrir le tableau de bord',
      link: 'https://jalon.example.org/projects/martin',
    });
  });

  it('sees what was done in a tool just before, and not yet carried anywhere', async () => {
    const company = await CompanyWithDigests.founded();
    company.move(MONDAY);
    await company.setStatus('first/two', 'Fait');

    const told = await tell(company);

    expect(told?.digest.done).toEqual([{ key: 'first/two', title: 'two' }]);
  });

  it('leaves alone what people have written in its row, and goes on with the rest', async () => {
    const company = await CompanyWithDigests.founded();
    company.move(MONDAY);
    await tell(company);
    await company.note('2026-W48', 'notes', 'Vu avec Paul');
    await company.note('2026-W48', 'summary', 'Tout va bien, voir avec Paul');

    company.move('2026-11-25T09:00:00Z');
    await company.setStatus('first/one', 'Fait');
    await tell(company);
    await company.note('2026-W48', 'verdict', 'En retard, mais prévu');
    await tell(company);

    const row = (await company.agreed()).get('weekly-digests:2026-W48');
    expect(row?.fields).toMatchObject({
      notes: 'Vu avec Paul',
      summary: 'Tout va bien, voir avec Paul',
      verdict: 'En retard, mais prévu',
      done: 1,
    });
    expect(await company.cell('2026-W48', 'summary')).toBe('Tout va bien, voir avec Paul');
    expect(await company.cell('2026-W48', 'done')).toBe('1');
  });

  it('never brings back a row that people have taken out', async () => {
    const company = await CompanyWithDigests.founded();
    company.move(MONDAY);
    await tell(company);
    await company.edit(({ grid }) => {
      const sheet = grid('register:weekly-digests');
      for (const row of sheet.dataRows())
        for (const column of sheet.sheet.columnsOf(row)) sheet.sheet.set(row, column, { type: 'blank' });
    });

    await tell(company);

    expect((await company.agreed()).get('weekly-digests:2026-W48')?.fields.archived).toBe(true);
    expect(await messages(company)).toEqual(['digest:2026-W48 email']);
  });

  it('looks back to the last one, also when weeks were missed, and to the same day when said again', async () => {
    const company = await CompanyWithDigests.founded();
    company.move('2026-11-16T08:30:00Z');
    await tell(company);
    await company.setStatus('first/one', 'Fait');
    company.move('2026-11-18T08:00:00Z');
    const again = await tell(company);
    company.move('2026-12-07T07:00:00Z');
    const later = await tell(company);

    expect(again?.digest).toMatchObject({ week: '2026-W47', since: '2026-11-09' });
    expect(later?.digest).toMatchObject({ week: '2026-W50', since: '2026-11-16' });
    expect(later?.digest.done.map(({ key }) => key)).toEqual(['first/one']);
  });

  it.each([
    [
      '2026-12-28T07:00:00Z',
      '2026-W53',
      'Semaine 53 · 28\u00a0décembre\u00a02026 au 3\u00a0janvier\u00a02027',
    ],
    [
      '2027-01-01T12:00:00Z',
      '2026-W53',
      'Semaine 53 · 28\u00a0décembre\u00a02026 au 3\u00a0janvier\u00a02027',
    ],
    [
      '2027-01-03T22:59:00Z',
      '2026-W53',
      'Semaine 53 · 28\u00a0décembre\u00a02026 au 3\u00a0janvier\u00a02027',
    ],
    ['2027-01-03T23:00:00Z', '2027-W01', 'Semaine 1 · 4 au 10\u00a0janvier\u00a02027'],
  ])('on %s is that of %s, by the team’s own day', async (at, week, title) => {
    const company = await CompanyWithDigests.founded();
    company.move(at);

    await tell(company);

    expect((await company.agreed()).get(`weekly-digests:${week}`)?.fields.week).toBe(title);
    expect(await messages(company)).toEqual([`digest:${week} email`]);
  });

  it('is told all or not at all by a process that dies', async () => {
    const company = await CompanyWithDigests.founded();
    company.move(MONDAY);
    const deps = await company.deps();
    let commits = 0;
    const commit: typeof deps.store.commit = (...change) =>
      ++commits === 2 ? Promise.reject(new Error('power cut')) : deps.store.commit(...change);
    const dying = { ...deps, store: { ...deps.store, commit } };

    await expect(tellDigest(await company.running(), dying, BY_MAIL)).rejects.toThrow('power cut');
    const before = [(await company.agreed()).has('weekly-digests:2026-W48'), await messages(company)];
    await tell(company);

    expect(before).toEqual([false, []]);
    expect(await messages(company)).toEqual(['digest:2026-W48 email']);
  });

  it('goes without its picture when that cannot be drawn, and draws none for whoever would not see it', async () => {
    const company = await CompanyWithDigests.founded();
    company.move(MONDAY);
    const deps = await company.deps();
    const picture = () => Promise.reject(new NotNow(() => 'no font'));
    const project = { ...(await company.running()), workspaces: [] };

    const inSlack = await tellDigest(project, { ...deps, picture }, { channels: ['slack'] });
    const byMail = await tellDigest(project, { ...deps, picture }, BY_MAIL);

    const kinds = (told: typeof byMail) => told?.message.blocks.map(({ kind }) => kind);
    expect(kinds(inSlack)).not.toContain('picture');
    expect(kinds(byMail)).toEqual(kinds(inSlack));
    expect(await messages(company)).toEqual(['digest:2026-W48 email', 'digest:2026-W48 slack']);
  });

  it('waits for a plan that nobody has applied yet', async () => {
    const company = new CompanyWithDigests();
    company.move(MONDAY);

    expect(await tell(company)).toBeUndefined();
    expect(await hour(company)).toEqual([]);
  });

  it('is read in a mail program, with its picture, once', async () => {
    const office = await openMailOffice();
    const company = await CompanyWithDigests.founded();
    company.settings = { smtpUrl: office.url };
    company.move('2026-12-07T07:00:00Z');
    const deps = await company.deps();
    const send = async () =>
      deliver((await company.running()).delivery, {
        outbox: deps.store.outbox,
        log: pino({ level: 'silent' }),
        fetch: globalThis.fetch,
        time: machineTime,
        now: () => company.now(),
        dayOf: (instant) => instant.toISOString().slice(0, 10),
        timeoutMs: 5_000,
        ca: CERTIFICATE,
      });

    await tell(company);
    const first = await send();
    await tell(company);
    const second = await send();

    const [letter] = office.letters;
    expect([first.sent, second.sent, office.letters.length]).toEqual([1, 0, 1]);
    expect(letter?.subject).toBe('Boulangerie Martin\u00a0: à surveiller – semaine\u00a050');
    expect(letter?.text).toContain('Ce qui bloque\n');
    expect(letter?.html).toContain('<h2');
    expect(letter?.attachments.map(({ contentType, related }) => [contentType, related])).toEqual([
      ['image/png', true],
    ]);
  });
});

describe('the moment of a digest', () => {
  it('is found hour by hour: once a week, the first one a week after the project is first seen', async () => {
    const company = await CompanyWithDigests.founded();
    const told: string[] = [];
    for (let at = Date.parse(FIRST); at < Date.parse('2026-12-09T00:00:00Z'); at += 3_600_000) {
      company.move(new Date(at).toISOString());
      if ((await hour(company)).length > 0) told.push(company.at);
    }

    expect(told).toEqual([MONDAY, '2026-11-30T07:00:00.000Z', '2026-12-07T07:00:00.000Z']);
    expect(await messages(company)).toEqual([
      'digest:2026-W48 email',
      'digest:2026-W49 email',
      'digest:2026-W50 email',
    ]);
  });

  it('looks back a week at first, as the preview does, also when the service has begun since', async () => {
    const company = await CompanyWithDigests.founded();
    company.move('2026-11-18T09:00:00Z');
    await company.setStatus('first/one', 'Fait');
    await company.cycle('sync');
    company.move('2026-11-20T09:00:00Z');
    await hour(company);
    company.move(MONDAY);

    const preview = await previewDigest(await company.running(), await company.deps());
    await hour(company);

    expect(preview?.digest.done.map(({ key }) => key)).toEqual(['first/one']);
    expect(await company.cell('2026-W48', 'summary')).toContain('Fait depuis le lundi 16\u00a0novembre');
  });

  it('looks back to when the project was first seen, where that is longer ago', async () => {
    const company = await CompanyWithDigests.founded();
    await hour(company);
    await company.setStatus('first/one', 'Fait');
    company.move('2026-11-17T09:00:00Z');
    await company.cycle('sync');
    company.move('2026-12-07T09:00:00Z');

    await hour(company);

    expect(await company.cell('2026-W50', 'summary')).toContain('Fait depuis le lundi 16\u00a0novembre');
  });

  it('is caught up once by a machine that was off, and says that it is late', async () => {
    const company = await CompanyWithDigests.founded();
    await hour(company);
    company.move('2026-12-10T09:00:00Z');

    const found = await dueDigest(await company.running(), await company.deps());
    await hour(company);
    const again = await hour(company);

    const [message] = await (await company.store()).outbox.due(company.slug, new Date('2027-01-01'));
    expect(found?.toISOString()).toBe('2026-12-07T07:00:00.000Z');
    expect(again).toEqual([]);
    expect(await messages(company)).toEqual(['digest:2026-W50 email']);
    expect(message?.message.blocks.at(-1)).toEqual({
      kind: 'smallPrint',
      text: 'Ce point était prévu le lundi 7\u00a0décembre. Il arrive en retard.',
    });
  });

  it('is told by one of two processes that find it at once', async () => {
    const company = await CompanyWithDigests.founded();
    await hour(company);
    company.move(MONDAY);

    const told = await Promise.all([hour(company), hour(company)]);

    expect(told.map(({ length }) => length).toSorted()).toEqual([0, 2]);
    expect(await messages(company)).toEqual(['digest:2026-W48 email']);
  });

  it('on a Friday belongs to the week of that Friday, also when it is caught up on the Monday', async () => {
    const company = await CompanyWithDigests.founded();
    const friday = { day: 'friday', hour: 16 } as const;
    const run = async () =>
      createDigestRound(undefined).tell(
        { ...(await company.running()), digest: friday },
        await company.deps(),
      );
    await run();
    company.move('2026-11-23T08:00:00Z');
    await run();
    company.move('2026-11-27T15:00:00Z');
    await run();

    expect(await messages(company)).toEqual(['digest:2026-W47 email', 'digest:2026-W48 email']);
  });

  it('brings the row up to date when somebody has asked for the digest before, and sends nothing twice', async () => {
    const company = await CompanyWithDigests.founded();
    await hour(company);
    company.move('2026-11-23T06:00:00Z');
    await tell(company);
    await company.setStatus('first/one', 'Fait');
    company.move(MONDAY);

    await hour(company);

    expect((await company.agreed()).get('weekly-digests:2026-W48')?.fields.done).toBe(1);
    expect(await messages(company)).toEqual(['digest:2026-W48 email']);
  });
});
