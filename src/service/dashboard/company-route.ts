import { TOOLS } from '#src/i18n/comments.ts';
import { companyWords } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { reportMessages } from '#src/i18n/report.ts';
import { addressOf } from '../addresses.ts';
import { digestFigures } from '../digest-figures.ts';
import type { CycleFailure } from '../report.ts';
import type { CycleDeps, RunningProject } from '../running-project.ts';
import { companyPage, type Place } from './company-page.ts';
import { companyView } from './company-view.ts';
import { type Html, messagePage } from './layout.ts';
import { chartsOf, pictureOf } from './pictures.ts';
import type { TaskFilter } from './task-section.ts';
import { whyText } from './why.ts';

export interface CompanyOrder {
  readonly project: RunningProject;
  readonly cycle: CycleDeps;
  /** Of its last cycle. */
  readonly failures: readonly CycleFailure[];
  readonly up: string;
  readonly isOneOfMany: boolean;
  readonly filter: TaskFilter;
  readonly footer: (locale: Locale) => Html;
}

/** The page of a company, from what was last agreed: no workspace is asked. */
export async function showCompany(order: CompanyOrder): Promise<Html> {
  const { project, cycle, failures, up, isOneOfMany, filter, footer } = order;
  const { slug, blueprint } = project;
  const { company, locale } = blueprint;
  const figures = await digestFigures(project, cycle, { since: 'told' });
  if (!figures) {
    const text = say(locale, companyWords.notApplied);
    return messagePage({ locale, up, title: company, text, againIn: AGAIN_IN });
  }
  const charts = await chartsOf(project, { agreed: figures.state.agreed, entries: figures.entries }, cycle);
  const folder = `${up}projects/${encodeURIComponent(slug)}/charts`;
  return companyPage({
    view: companyView(project, figures, cycle),
    ...{ up, isOneOfMany, filter },
    pictures: charts.map((chart) => pictureOf(chart, folder)),
    places: await placesOf(project, cycle),
    troubles: failures.map((failure) => troubleText(failure, project, locale)),
    footer: footer(locale),
  });
}

/** When a browser looks again for a plan that is about to be written, in seconds. */
const AGAIN_IN = 15;

async function placesOf({ slug, workspaces }: RunningProject, cycle: CycleDeps): Promise<readonly Place[]> {
  return Promise.all(
    workspaces.map(async (workspace) => ({
      name: TOOLS[workspace.kind] ?? workspace.kind,
      url: await addressOf(slug, workspace, cycle),
    })),
  );
}

function troubleText({ workspace, error }: CycleFailure, project: RunningProject, locale: Locale): string {
  const why = whyText(error, locale);
  const place = project.workspaces.find(({ id }) => id === workspace);
  return place ? say(locale, reportMessages.failed, { where: TOOLS[place.kind] ?? place.kind, why }) : why;
}
