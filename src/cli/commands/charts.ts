import { join } from 'node:path';
import { writeWhole } from '#src/config/write-whole.ts';
import { chartsMessages as words } from '#src/i18n/charts.ts';
import { say } from '#src/i18n/message.ts';
import { statusMessages } from '#src/i18n/status.ts';
import { chartOf } from '#src/metrics/chart-order.ts';
import type { KpiId } from '#src/plan/kpi-ids.ts';
import { chartsFor, type NamedChart } from '#src/service/charts.ts';
import type { Basis } from '#src/service/standing.ts';
import { allBases } from '../all-bases.ts';
import { type Context, withContext } from '../context.ts';
import { asOutcome, conclude, workOnEach } from '../each-project.ts';
import type { CommonOptions } from '../options.ts';
import { outlookDeps } from '../outlook-deps.ts';

export interface ChartsOptions extends CommonOptions {
  /** The folder of the pictures. */
  readonly out?: string;
  readonly format?: 'png' | 'svg' | 'both';
}

type Format = 'png' | 'svg';

interface DrawnFile {
  readonly file: string;
  readonly format: Format;
  readonly chart: string;
  readonly title: string;
  readonly alt: string;
}

interface DrawnCharts {
  readonly files: readonly DrawnFile[];
  readonly withoutData: readonly KpiId[];
}

const NONE: DrawnCharts = { files: [], withoutData: [] };

/** Draws the charts of each project into a folder. Reads the store alone: no workspace is asked. */
export function charts(options: ChartsOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { bases, troubles } = await allBases(options.project, context);
    const projects = [...bases].map(([slug, basis]) => ({ slug, basis }));
    const outcomes = await workOnEach(projects, context, async ({ slug, basis }) => ({
      made: await drawAll(slug, basis, options, context),
    }));
    return conclude([...outcomes, ...troubles.map(asOutcome)], context, (drawn = NONE) => drawn);
  });
}

async function drawAll(
  slug: string,
  basis: Basis,
  options: ChartsOptions,
  context: Context,
): Promise<DrawnCharts> {
  const { locale } = context;
  const store = await context.store();
  const { agreed, templateVersion } = await store.load(slug);
  context.print(context.paint('bold', basis.company));
  if (templateVersion === null) {
    context.print(`${say(locale, statusMessages.neverApplied)}\n`);
    return NONE;
  }
  const logged = { agreed, entries: await store.readAudit(slug) };
  const { charts, withoutData, hasPast } = await chartsFor(slug, basis, logged, outlookDeps(context, store));
  const files: DrawnFile[] = [];
  for (const chart of charts) files.push(...(await drawOne(slug, chart, options, context)));
  if (!hasPast) context.print(`  ${say(locale, words.statusTomorrow)}`);
  if (withoutData.length > 0) context.print(`  ${say(locale, words.withoutData, withoutData)}`);
  context.print('');
  return { files, withoutData };
}

async function drawOne(
  slug: string,
  { name, order }: NamedChart,
  { out, format = 'both' }: ChartsOptions,
  context: Context,
): Promise<readonly DrawnFile[]> {
  const folder = out ?? say(context.locale, words.folder);
  const drawing = await context.drawing();
  const { title, description: alt } = chartOf(order);
  const files: DrawnFile[] = [];
  for (const one of format === 'both' ? (['png', 'svg'] as const) : [format]) {
    const file = join(folder, `${slug}-${name}.${one}`);
    await writeWhole(file, await drawing[one](order));
    files.push({ file, format: one, chart: name, title, alt });
  }
  context.print(`  ${files.map(({ file }) => file).join(', ')}\n    ${alt}`);
  return files;
}
