import { createHash } from 'node:crypto';
import { NotNow } from '#src/errors.ts';
import { frameWords } from '#src/i18n/dashboard.ts';
import { said } from '#src/i18n/message.ts';
import { chartOf } from '#src/metrics/chart-order.ts';
import { chartsFor, type NamedChart } from '../charts.ts';
import type { Drawing } from '../drawing.ts';
import type { Logged } from '../kept-history.ts';
import type { CycleDeps, RunningProject } from '../running-project.ts';
import { basisOf } from '../standing.ts';
import type { Picture } from './company-page.ts';

/** The picture of the course of the plan, among the charts of a project. */
const COURSE = 'progress';

/**
 * The charts that the page of a company shows, as orders: nothing is drawn yet. Its steps and dates stand on the page in
 * words, so the picture shows the course of the plan alone, as in the workbook.
 */
export async function chartsOf(
  project: RunningProject,
  logged: Logged,
  cycle: CycleDeps,
): Promise<readonly NamedChart[]> {
  const { charts } = await chartsFor(project.slug, basisOf(project), logged, cycle, 'course');
  return charts;
}

/** How a page refers to a chart: by an address that changes when the chart does, so that a browser may keep it. */
export function pictureOf(chart: NamedChart, folder: string): Picture {
  const { description: alt } = chartOf(chart.order);
  return {
    isCourse: chart.name === COURSE,
    src: `${folder}/${chart.name}.svg?v=${versionOf(chart)}`,
    alt,
  };
}

function versionOf({ order }: NamedChart): string {
  return createHash('sha256').update(JSON.stringify(order)).digest('hex').slice(0, 16);
}

export interface DrawnPicture {
  readonly svg: string;
  /** As it stands in the address of the page that shows this very picture. */
  readonly version: string;
}

export interface PictureDesk {
  /**
   * `undefined`: there is no such chart, or no plan yet.
   * @throws NotNow when it cannot be drawn, or when too many wait already.
   */
  draw(slug: string, name: string): Promise<DrawnPicture | undefined>;
}

export interface PictureDeskDeps {
  readonly open: (slug: string) => Promise<RunningProject>;
  readonly cycle: CycleDeps;
  readonly drawing: () => Promise<Pick<Drawing, 'svg'>>;
}

/** Plans wait for their pictures in the same queue. */
const MOST_WAITING = 20;

/** Draws what browsers ask for, once for all who wait for the same. */
export function createPictureDesk({ open, cycle, drawing }: PictureDeskDeps): PictureDesk {
  const underWay = new Map<string, Promise<DrawnPicture | undefined>>();
  const work = async (slug: string, name: string): Promise<DrawnPicture | undefined> => {
    const { agreed, templateVersion } = await cycle.store.load(slug);
    if (templateVersion === null) return undefined;
    const entries = await cycle.store.readAudit(slug);
    const charts = await chartsOf(await open(slug), { agreed, entries }, cycle);
    const chart = charts.find((one) => one.name === name);
    if (!chart) return undefined;
    return { svg: await (await drawing()).svg(chart.order), version: versionOf(chart) };
  };
  return {
    async draw(slug, name) {
      const key = JSON.stringify([slug, name]);
      const known = underWay.get(key);
      if (known) return known;
      if (underWay.size >= MOST_WAITING) throw new NotNow(said(frameWords.busy));
      const drawn = work(slug, name).finally(() => underWay.delete(key));
      underWay.set(key, drawn);
      return drawn;
    },
  };
}
