import { describe, expect, it } from 'vitest';
import type { Course } from '#src/metrics/course.ts';
import { runCycle } from '#src/service/cycle.ts';
import type { CycleDeps } from '#src/service/running-project.ts';
import { aStep, aTask } from '../builders/template.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { NotionTeam } from '../workspaces/notion/team.ts';
import { TrelloTeam } from '../workspaces/trello/team.ts';
import { CompanyAtWork, smallTemplate } from './company.ts';

/** A company whose pictures are looked at rather than drawn. */
async function watched(company: CompanyAtWork) {
  const courses: Course[] = [];
  const deps = async (): Promise<CycleDeps> => {
    const own = await company.deps();
    return {
      ...own,
      picture: (overview, course, locale, kind) => {
        courses.push(course);
        return own.picture(overview, course, locale, kind);
      },
    };
  };
  const cycle = async () => runCycle(await company.running(), 'apply', await deps());
  return { courses, cycle };
}

describe('the picture of a cycle', () => {
  it('is given every day since the plan began, from the log of the store', async () => {
    const company = new CompanyAtWork();
    const { courses, cycle } = await watched(company);
    await cycle();
    company.today = '2026-11-25';
    await company.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));
    await cycle();
    company.today = '2026-12-01';

    await cycle();

    const days = courses.at(-1)?.history.map(({ day, done, total }) => `${day} ${done}/${total}`);
    expect(days).toEqual([
      '2026-11-23 0/3',
      '2026-11-24 0/3',
      '2026-11-25 1/3',
      '2026-11-26 1/3',
      '2026-11-27 1/3',
      '2026-11-28 1/3',
      '2026-11-29 1/3',
      '2026-11-30 1/3',
      '2026-12-01 1/3',
    ]);
  });

  it('is drawn once for all places, and the log is not read while no place wants one', async () => {
    const company = new CompanyAtWork();
    company.workbooks = ['plan.xlsx', 'copy.xlsx'];
    const { courses, cycle } = await watched(company);

    await cycle();
    const first = courses.length;
    await cycle();

    expect(first).toBe(1);
    expect(courses).toHaveLength(1);
  });
});

describe('when nothing but time passes', () => {
  it('a workbook gets a new picture once a week, and is not touched in between', async () => {
    const later = aTask('one', { due: { anchor: 'start', weeks: 20 } });
    const company = new CompanyAtWork(smallTemplate({ steps: [aStep('first', later)], registers: [] }));
    const { courses, cycle } = await watched(company);
    await cycle();
    const states: string[] = [];
    for (const day of ['2026-11-24', '2026-11-29', '2026-11-30', '2026-11-30', '2026-12-06']) {
      company.today = day;
      await cycle();
      states.push(`${day} ${courses.length}`);
    }

    expect(states).toEqual(['2026-11-24 1', '2026-11-29 1', '2026-11-30 2', '2026-11-30 2', '2026-12-06 2']);
  });

  it('a Notion page and a Trello card get theirs once a week, and a second cycle sends nothing', async () => {
    const notion = await NotionTeam.start();
    const trello = await TrelloTeam.start();
    for (const team of [notion, trello]) await team.cycle();

    /** What is sent once so many days have passed. */
    const sentAfter = async (days: number) => {
      for (const team of [notion, trello]) {
        await team.time.advance(days * 86_400_000);
        await team.cycle();
      }
      const written = (log: typeof notion.notion.log | typeof trello.trello.log) =>
        log.all().flatMap(({ route = '' }) => (isWrite(route) ? [route] : []));
      const sent = [written(notion.notion.log), written(trello.trello.log)];
      notion.notion.log.clear();
      trello.trello.log.clear();
      return sent;
    };
    await sentAfter(0);

    const nextDay = await sentAfter(1);
    const nextWeek = await sentAfter(6);
    const sameDay = await sentAfter(0);

    expect([nextDay, sameDay]).toEqual([
      [[], []],
      [[], []],
    ]);
    const pictures = ['fileUploads.create', 'attachments.create', 'attachments.delete'];
    expect(nextWeek.flat().filter((route) => pictures.includes(route))).toEqual(pictures);
  });
});

function isWrite(route: string): boolean {
  return /\.(create|send|update|append|delete)$/.test(route);
}
