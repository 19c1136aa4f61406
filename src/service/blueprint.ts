import type { Locale } from '#src/i18n/message.ts';
import type { Company } from '#src/plan/company.ts';
import type { Column, Register, Template } from '#src/plan/template.ts';
import type { Blueprint, ColumnShape, RegisterShape } from '#src/workspaces/workspace.ts';

export interface BlueprintInput {
  readonly slug: string;
  readonly company: Company;
  readonly locale: Locale;
  readonly template: Template;
  readonly people: Readonly<Record<string, string>>;
}

type Shared = Pick<Blueprint, 'title' | 'notice' | 'steps' | 'roles' | 'registers' | 'sources'>;

/** What the projects of one template and language have in common is made once: a service may hold a thousand of them. */
const sharedParts = new WeakMap<Template, Map<Locale, Shared>>();

/** The shape that every workspace of the project must have, in the team's language. */
export function blueprintOf({ slug, company, locale, template, people }: BlueprintInput): Blueprint {
  const byLocale = sharedParts.get(template) ?? new Map<Locale, Shared>();
  sharedParts.set(template, byLocale);
  const shared = byLocale.get(locale) ?? sharedPart(template, locale);
  byLocale.set(locale, shared);
  return {
    project: slug,
    company: company.name,
    locale,
    people: [...new Set(Object.values(people))],
    ...shared,
  };
}

function sharedPart(template: Template, locale: Locale): Shared {
  return {
    title: template.title[locale],
    notice: template.notice?.[locale] ?? '',
    steps: template.steps.map(({ key, title, summary, color }) => ({
      key,
      title: title[locale],
      summary: summary[locale],
      color,
    })),
    roles: template.roles.map(({ key, title }) => ({ key, title: title[locale] })),
    registers: template.registers.map((register) => registerShape(register, locale)),
    sources: new Map(
      template.sources.map(({ id, title, reference, url }) => [
        id,
        { title: reference ?? title[locale], url },
      ]),
    ),
  };
}

function registerShape(
  { key, title, summary, step, latestOnly = false, columns, rows = [] }: Register,
  locale: Locale,
): RegisterShape {
  return {
    key,
    title: title[locale],
    summary: summary[locale],
    step,
    ...(latestOnly && { latestOnly }),
    columns: columns.map((column) => columnShape(column, locale)),
    planned: rows.map((row) => `${key}:${row.key}`),
  };
}

function columnShape({ key, title, help, type, options }: Column, locale: Locale): ColumnShape {
  return {
    key,
    title: title[locale],
    type,
    help: help?.[locale] ?? '',
    options: (options ?? []).map((option) => ({
      key: option.key,
      title: option.title[locale],
      color: option.color,
    })),
  };
}
