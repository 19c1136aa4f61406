import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFrenchHoliday as isHoliday } from '#src/config/holidays.ts';
import { buildPlan } from '#src/plan/build-plan.ts';
import { bindingObligations } from '#src/plan/calendar.ts';
import { type Company, VAT_REGIMES } from '#src/plan/company.ts';
import { type Item, text } from '#src/plan/item.ts';
import { parseTemplate } from '#src/plan/load-template.ts';
import type { Template } from '#src/plan/template.ts';
import { aCompany } from '../builders/template.ts';

const ROOT = fileURLToPath(new URL('../../templates/', import.meta.url));

function files(name: string): { path: string; text: string }[] {
  const folder = join(ROOT, name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

let invoicing: Template;
let moving: Template;

beforeAll(() => {
  invoicing = parseTemplate(files('facturation-electronique'));
  moving = parseTemplate(files('demenagement-de-bureaux'));
});

const EVERYTHING = {
  accountant: true,
  'it-person': true,
  'foreign-purchases': true,
  'public-customers': true,
  'vat-group': false,
  'till-software': true,
};

function planned(company: Company, profile: string, start = '2026-11-23'): Item[] {
  const input = {
    template: invoicing,
    company,
    profile,
    start,
    locale: 'fr',
    people: {},
    isHoliday,
  } as const;
  return [...buildPlan(input).items.values()];
}

const tasksOf = (items: readonly Item[]) => items.filter((item) => item.kind === 'task');

describe('the e-invoicing template', () => {
  it('holds the whole plan in five steps, and what a company of three can carry in its small profile', () => {
    expect(invoicing.steps).toHaveLength(5);
    expect(tasksOf(planned(aCompany({ facts: EVERYTHING }), 'complet'))).toHaveLength(97);

    for (const facts of [{}, { accountant: true, 'foreign-purchases': true }, EVERYTHING]) {
      for (const vat of VAT_REGIMES.filter((regime) => regime !== 'exonere')) {
        const items = planned(aCompany({ vat, facts }), 'essentiel');
        expect(tasksOf(items).length).toBeGreaterThanOrEqual(40);
        expect(tasksOf(items).length).toBeLessThanOrEqual(55);
        expect(items.filter((item) => item.kind === 'check').length).toBeLessThanOrEqual(130);
      }
    }
  });

  it('leaves nothing that the law requires out of the small profile', () => {
    const required = invoicing.steps.flatMap((step) => step.tasks).filter((task) => task.required);

    expect(required.length).toBeGreaterThan(20);
    expect(required.filter((task) => task.profile !== 'essentiel')).toEqual([]);
  });

  it('carries the seven points of the software check, as tasks and as lines of a register', () => {
    const tasks = invoicing.steps
      .flatMap((step) => step.tasks)
      .filter((task) => task.key.startsWith('controle-'));
    const register = invoicing.registers.find((one) => one.key === 'software-checks');

    expect(tasks.filter((task) => task.profile === 'essentiel' && task.critical)).toHaveLength(7);
    expect(register?.rows).toHaveLength(7);
  });

  it.each([
    ['reel-mensuel', '2027-09-20'],
    ['reel-trimestriel', '2027-10-10'],
    ['franchise', '2027-11-25'],
  ] as const)(
    'dates the first e-reporting of a company in %s on %s, and its task on the working day before',
    (vat, date) => {
      const company = aCompany({ vat });
      const obligation = bindingObligations(invoicing, company).find(
        (one) => one.obligation.id === 'premier-e-reporting',
      );
      const task = planned(company, 'essentiel').find(
        (item) => item.key === 'accompagner/premier-e-reporting',
      );

      expect(obligation?.date).toBe(date);
      expect(text(task ?? planned(company, 'essentiel')[0] ?? never(), 'due') <= date).toBe(true);
    },
  );

  it('binds each company from its own date', () => {
    const emission = (company: Company) =>
      bindingObligations(invoicing, company).find((one) => one.obligation.id === 'emission')?.date;

    expect(emission(aCompany({ size: 'micro' }))).toBe('2027-09-01');
    expect(emission(aCompany({ size: 'pme' }))).toBe('2027-09-01');
    expect(emission(aCompany({ size: 'eti' }))).toBe('2026-09-01');
    expect(emission(aCompany({ size: 'ge' }))).toBe('2026-09-01');
    expect(emission(aCompany({ size: 'micro', facts: { 'vat-group': true } }))).toBe('2026-09-01');
    expect(emission(aCompany({ vat: 'exonere' }))).toBeUndefined();
  });

  it('tells until when a decree may postpone what it may postpone', () => {
    const postponable = invoicing.obligations.filter((one) => one.postponableUntil !== undefined);

    expect(postponable.map((one) => one.id)).toEqual(expect.arrayContaining(['emission', 'e-reporting']));
    expect(new Set(postponable.map((one) => one.postponableUntil))).toEqual(new Set(['2027-12-01']));
  });

  it('plans nothing critical or required in the summer, nor in the past, nor on a day off', () => {
    for (const profile of ['essentiel', 'complet']) {
      for (const task of tasksOf(planned(aCompany({ facts: EVERYTHING }), profile))) {
        const due = text(task, 'due');
        expect(due > '2026-11-23').toBe(true);
        expect(isHoliday(due)).toBe(false);
        if (task.fields.priority !== 'normal')
          expect(due >= '2027-07-14' && due <= '2027-08-31', `${task.key} ${due}`).toBe(false);
      }
    }
  });

  it('asks an exempt company for nothing that concerns issuing', () => {
    const keys = tasksOf(planned(aCompany({ vat: 'exonere' }), 'complet')).map((task) => task.key);

    expect(keys).toContain('choisir/plateforme-de-reception');
    expect(keys).not.toContain('accompagner/bascule');
    expect(keys).not.toContain('choisir/contrat-emission');
  });
});

describe('the words of the shipped templates', () => {
  const everyText = () =>
    ['facturation-electronique', 'demenagement-de-bureaux'].flatMap((name) =>
      files(name).map((file) => ({ where: `${name}/${file.path}`, text: file.text })),
    );

  it('never promise compliance', () => {
    for (const { where, text } of everyText()) {
      expect(text.match(/conform\p{L}*|complian\p{L}*/giu), where).toBeNull();
    }
  });

  it('are written with French typography', () => {
    for (const template of [invoicing, moving]) {
      for (const words of frenchTexts(template)) {
        expect(words, words).not.toMatch(/'/);
        expect(words, words).not.toMatch(/[^\s\u00a0\u202f/:][:;?!](?=\s|$)/u);
        expect(words, words).not.toMatch(/ [:;?!»]|« /);
      }
    }
  });

  it('tell the office move without a word about invoicing reform', () => {
    const all = files('demenagement-de-bureaux')
      .map((file) => file.text)
      .join('\n');

    expect(all).not.toMatch(/e-invoic|facturation électronique|e-reporting|plateforme agréée/i);
    expect(moving.steps).toHaveLength(5);
  });
});

function never(): never {
  throw new Error('the plan is empty');
}

function frenchTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(frenchTexts);
  if (typeof value !== 'object' || value === null) return [];
  if ('fr' in value && typeof value.fr === 'string') return [value.fr];
  return Object.values(value).flatMap(frenchTexts);
}
