import { join } from 'node:path';
import type { ProjectDraft } from '#src/config/write-project.ts';
import { lineErrors } from '#src/i18n/import.ts';
import { wrong } from '#src/i18n/init.ts';
import { type Locale, said } from '#src/i18n/message.ts';
import { fold, freeSlug, slugOf } from '#src/plan/slug.ts';
import type { Template } from '#src/plan/template.ts';
import {
  type Answer,
  type Kind,
  readBoard,
  readKind,
  readLocale,
  readName,
  readNotionPage,
  readOrganization,
  readSiren,
  readSize,
  readStart,
  readVat,
  readWorkbook,
  readYesNo,
} from './answers.ts';
import { Cells, type LineProblem } from './import-cells.ts';
import type { Column, Field } from './import-columns.ts';
import type { Row } from './import-table.ts';
import { PRUDENT_VAT, USUAL_SIZE, type WorkspaceDraft } from './init-questions.ts';
import type { KnownProject } from './known-projects.ts';

export interface LinesContext {
  readonly columns: readonly Column[];
  readonly template: Pick<Template, 'key' | 'facts' | 'profiles'>;
  readonly known: readonly KnownProject[];
  /** The folder of the project files. */
  readonly folder: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly locale: Locale;
}

/** A line from which a project can be written. */
export interface ReadyLine {
  readonly line: number;
  readonly slug: string;
  readonly file: string;
  readonly project: ProjectDraft;
}

export interface CheckedLines {
  readonly ready: readonly ReadyLine[];
  /** In the order of the lines. */
  readonly problems: readonly LineProblem[];
  /** On how many of the ready lines a value had to be assumed. */
  readonly assumed: { readonly size: number; readonly vat: number };
}

/** Where each kind of workspace says where it is. */
const PLACES: Readonly<Record<Kind, readonly (readonly [Field, (text: string) => Answer<string>])[]>> = {
  excel: [['file', readWorkbook]],
  notion: [['parent', readNotionPage]],
  trello: [
    ['organization', readOrganization],
    ['board', readBoard],
  ],
};

/** Checks every line by itself, against the lines above it and against the projects that are there already. */
export function checkLines(rows: readonly Row[], context: LinesContext): CheckedLines {
  const others = new OtherProjects(context.known);
  const ready: ReadyLine[] = [];
  const problems: LineProblem[] = [];
  const assumed = { size: 0, vat: 0 };
  for (const row of rows) {
    const cells = new Cells(row, context.columns);
    if (hasExtraCells(row, context.columns.length)) {
      cells.refuse(
        undefined,
        said(lineErrors.tooManyCells, { found: row.cells.length, expected: context.columns.length }),
      );
      problems.push(...cells.problems);
      continue;
    }
    const { slug, project } = readProject(cells, others, context);
    problems.push(...cells.problems);
    if (cells.problems.length > 0) continue;
    others.take(slug);
    ready.push({ line: row.line, slug, file: join(context.folder, `${slug}.yaml`), project });
    if (!cells.has('size')) assumed.size += 1;
    if (!cells.has('vat')) assumed.vat += 1;
  }
  return { ready, problems, assumed };
}

/** The project of a line. Only to be used when its cells have no problem: wrong ones count as empty. */
function readProject(
  cells: Cells,
  others: OtherProjects,
  { template, today, locale }: LinesContext,
): { slug: string; project: ProjectDraft } {
  if (!cells.has('name')) cells.refuse('name', said(wrong.nameMissing));
  const name = cells.read('name', readName) ?? '';
  const siren = cells.read('siren', readSiren);
  others.refuseTwin('siren', siren, cells);
  others.refuseTwin('name', name, cells);
  const slug = others.freeSlug(name);
  const workspace = readWorkspace(cells, `${slug}.xlsx`);
  if (workspace?.kind === 'excel') others.refuseTwin('file', workspace.file, cells);
  return {
    slug,
    project: {
      company: {
        name,
        ...(siren === undefined ? {} : { siren }),
        size: cells.read('size', readSize) ?? USUAL_SIZE,
        vat: cells.read('vat', readVat) ?? PRUDENT_VAT,
        facts: readFacts(cells, template),
      },
      start: cells.read('start', (text) => readStart(text, today)) ?? today,
      template: template.key,
      profile: readProfile(cells, template),
      locale: cells.read('locale', readLocale) ?? locale,
      people: Object.fromEntries(
        [...cells.readAll('person', readName)].map(([role, who]) => [role, { name: who }]),
      ),
      workspaces: workspace === undefined ? [] : [workspace],
    },
  };
}

/** Shorter lines are fine, their last cells are empty; a longer one has its values in the wrong columns. */
function hasExtraCells(row: Row, expected: number): boolean {
  return row.cells.slice(expected).some((text) => text !== '');
}

function readFacts(cells: Cells, template: LinesContext['template']): Record<string, boolean> {
  const answers = cells.readAll('fact', readYesNo);
  const facts = (template.facts ?? []).map((fact) => [fact.key, answers.get(fact.key) ?? fact.default]);
  return Object.fromEntries(facts);
}

function readProfile(cells: Cells, template: LinesContext['template']): string {
  const keys = template.profiles.map(({ key }) => key);
  const profile = cells.read('profile', (text): Answer<string> => {
    const key = keys.find((one) => one === text.toLowerCase());
    return key === undefined
      ? { problem: said(wrong.choice, { found: text, expected: keys }) }
      : { value: key };
  });
  return profile ?? keys[0] ?? '';
}

/** `undefined`: the cells do not say where, and the problem has been noted. */
function readWorkspace(cells: Cells, workbook: string): WorkspaceDraft | undefined {
  const kind = cells.read('workspace', readKind) ?? impliedKind(cells);
  for (const [other, places] of Object.entries(PLACES)) {
    if (other !== kind) refusePlaces(cells, places, kind);
  }
  const places = PLACES[kind].flatMap(([field, reader]) => {
    const value = cells.read(field, reader);
    return value === undefined ? [] : [{ field, value }];
  });
  if (kind === 'excel') return { kind, file: places[0]?.value ?? workbook };
  const place = places[0];
  if (place === undefined || places.length > 1) {
    // A place that was read and refused has had its word already.
    const columns = PLACES[kind].map(([field]) => field);
    if (columns.every((field) => !cells.has(field)) || places.length > 1) {
      cells.refuse('workspace', said(lineErrors.onePlace, { kind, columns }));
    }
    return undefined;
  }
  if (kind === 'notion') return { kind, parent: place.value };
  return place.field === 'board' ? { kind, board: place.value } : { kind, organization: place.value };
}

/** A Notion page alone is enough to know that the workspace is Notion. */
function impliedKind(cells: Cells): Kind {
  const filled = (kind: Kind) => PLACES[kind].some(([field]) => cells.has(field));
  return (['excel', 'notion', 'trello'] as const).find(filled) ?? 'excel';
}

function refusePlaces(cells: Cells, places: (typeof PLACES)[Kind], kind: Kind): void {
  for (const [field] of places) {
    if (cells.has(field)) {
      cells.refuse(field, said(lineErrors.misplaced, { kind, found: cells.text(field) }));
    }
  }
}

/** What other projects hold and a new one may not: those of the folder, and those of the lines above. */
class OtherProjects {
  /** Where a name, a SIREN or a workbook is held: the line of the table, or the project's file. */
  readonly #holders = new Map<string, number | string>();
  readonly #slugs: Set<string>;

  constructor(known: readonly KnownProject[]) {
    this.#slugs = new Set(known.map(({ slug }) => slug));
    for (const { file, name, siren, workbooks } of known) {
      if (name !== undefined) this.#holders.set(identity('name', name), file);
      if (siren !== undefined) this.#holders.set(identity('siren', siren), file);
      for (const workbook of workbooks) this.#holders.set(identity('file', workbook), file);
    }
  }

  /** Notes the value as held by this line, or the problem that it is held already. */
  refuseTwin(field: 'name' | 'siren' | 'file', value: string | undefined, cells: Cells): void {
    if (value === undefined || value === '') return;
    const holder = this.#holders.get(identity(field, value));
    if (holder === undefined) this.#holders.set(identity(field, value), cells.line);
    else if (typeof holder === 'string')
      cells.refuse(field, said(lineErrors.known, { found: value, file: holder }));
    else {
      const words = field === 'file' ? lineErrors.sameWorkbook : lineErrors.twiceInFile;
      cells.refuse(field, said(words, { found: value, line: holder }));
    }
  }

  freeSlug(name: string): string {
    return freeSlug(slugOf(name), this.#slugs);
  }

  take(slug: string): void {
    this.#slugs.add(slug);
  }
}

/** Two spellings that people, or a file system, would take for one. */
function identity(field: string, value: string): string {
  return `${field}:${fold(value).replace(/\s+/g, ' ').trim()}`;
}
