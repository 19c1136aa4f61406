import { describe, expect, it } from 'vitest';
import { addDays } from '#src/metrics/days.ts';
import { courseFor } from '#src/service/course.ts';
import { keepHistory } from '#src/service/kept-history.ts';
import { outlookFor } from '#src/service/outlook.ts';
import { basisOf } from '#src/service/standing.ts';
import { aStep, aTask, isHoliday } from '../builders/template.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { CompanyAtWork, smallTemplate } from './company.ts';

/** A company with ten tasks to be done in the course of the year, and its outlook as it is asked for. */
function aCompanyAhead() {
  const tasks = Array.from({ length: 10 }, (_, index) =>
    aTask(`t${index}`, { due: { anchor: 'start', weeks: 20 + index } }),
  );
  const company = new CompanyAtWork(smallTemplate({ steps: [aStep('first', ...tasks)], registers: [] }));
  let reads = 0;
  const outlook = async () => {
    const store = await company.store();
    const counting: typeof store = {
      ...store,
      readAudit: (...asked) => {
        reads += 1;
        return store.readAudit(...asked);
      },
    };
    const deps = { store: counting, today: () => company.today, timeZone: 'Europe/Paris', isHoliday };
    return outlookFor(company.slug, basisOf(await company.running()), await company.agreed(), deps);
  };
  return { company, outlook, reads: () => reads };
}

describe('the outlook of a project', () => {
  it('tells nothing on the first day, and what the pace says after some weeks', async () => {
    const { company, outlook } = aCompanyAhead();
    await company.cycle();
    const first = await outlook();
    for (let week = 0; week < 5; week++) {
      company.today = addDays(company.today, 7);
      await company.edit(({ grid }) =>
        type(grid('plan'), rowOf(grid('plan'), `first/t${week}`), 'status', 'Fait'),
      );
      await company.cycle();
    }

    const later = await outlook();

    expect(first.forecasts).toEqual([{ id: 'issue', p50: null, p85: null, enough: false }]);
    const [issue] = later.forecasts;
    expect(issue?.enough).toBe(true);
    // Five tasks are left at one a week.
    expect(
      issue?.p50 && issue.p50 > addDays(company.today, 21) && issue.p50 < addDays(company.today, 63),
    ).toBe(true);
  });

  it('reads the log only when the plan has moved since its history was kept', async () => {
    const { company, outlook, reads } = aCompanyAhead();
    await company.cycle();

    await outlook();
    company.today = addDays(company.today, 3);
    await outlook();

    expect(reads()).toBe(0);
    const store = await company.store();
    const day = { day: '2026-11-23', done: 9, total: 10, progress: 0.9 };
    await keepHistory(store, company.slug, { template: 'small-project', history: [day], revision: 0 });
    await outlook();
    await outlook();
    expect(reads()).toBe(1);
  });

  it('of a young project borrows from others on the same template, and from no others', async () => {
    const { company, outlook } = aCompanyAhead();
    await company.cycle();
    const store = await company.store();
    const history = Array.from({ length: 60 }, (_, index) => ({
      day: addDays('2026-09-25', index),
      done: Math.floor(index / 5),
      total: 20,
      progress: 0,
    }));
    const found = async (slug: string, template: string) => {
      await store.commit(slug, { run: 'x', agreed: [], seen: [], cursors: [], audit: [], intents: [] });
      await keepHistory(store, slug, { template, history, revision: 0 });
      return (await outlook()).forecasts[0]?.enough;
    };

    expect(await found('mover', 'office-move')).toBe(false);
    expect(await found('baker', 'small-project')).toBe(true);
  });

  it('is the same whatever others do today, and whoever has looked at them since', async () => {
    const { company, outlook } = aCompanyAhead();
    await company.cycle();
    const sister = new CompanyAtWork(company.template);
    sister.shareWith(company);
    sister.slug = 'sister';
    await sister.cycle();
    const done = async (day: string, ...tasks: number[]) => {
      company.today = day;
      sister.today = day;
      for (const task of tasks)
        await sister.edit(({ grid }) =>
          type(grid('plan'), rowOf(grid('plan'), `first/t${task}`), 'status', 'Fait'),
        );
      await sister.cycle('sync');
    };
    for (let week = 0; week < 5; week++) await done(addDays('2026-11-24', 7 * week), week);
    await done('2027-01-02');

    const before = await outlook();
    await done('2027-01-02', 5, 6, 7, 8);
    const unseen = await outlook();
    const logged = {
      agreed: await sister.agreed(),
      entries: await (await sister.store()).readAudit('sister'),
    };
    await courseFor('sister', basisOf(await sister.running()), logged, {
      ...(await sister.deps()),
      timeZone: 'Europe/Paris',
    });
    const seen = await outlook();
    company.today = '2027-01-03';
    const tomorrow = await outlook();

    expect(before.forecasts[0]?.enough).toBe(true);
    expect(unseen).toEqual(before);
    expect(seen).toEqual(before);
    expect(tomorrow.forecasts).not.toEqual(before.forecasts);
  });
});
