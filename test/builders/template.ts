import type { Company } from '#src/plan/company.ts';
import type { Obligation, StepFile, Task, Template, Text } from '#src/plan/template.ts';
import type { IsHoliday } from '#src/plan/working-days.ts';

export function words(text: string): Text {
  return { fr: text, en: text };
}

export function aTask(key: string, more: Partial<Task> = {}): Task {
  return {
    key,
    title: words(key),
    role: 'lead',
    profile: 'small',
    due: { anchor: 'start', weeks: 1 },
    deliverable: words('a paper'),
    proof: words('it is there'),
    ...more,
  };
}

export function aStep(key: string, ...tasks: Task[]): StepFile {
  return { key, title: words(key), summary: words(key), color: '#2f6f9f', tasks };
}

export function anObligation(id: string, date: string, more: Partial<Obligation> = {}): Obligation {
  return {
    id,
    title: words(id),
    dates: [{ date }],
    kind: 'deadline',
    confidence: 'sure',
    source: 'law',
    verifiedOn: '2026-10-10',
    ...more,
  };
}

/** A template of two steps and nothing legal, to be changed by each test. */
export function aTemplate(more: Partial<Template> = {}): Template {
  return {
    key: 'small-project',
    version: '1.0.0',
    title: words('A small project'),
    summary: words('…'),
    roles: [
      { key: 'lead', title: words('Lead') },
      { key: 'helper', title: words('Helper') },
    ],
    profiles: [
      { key: 'small', title: words('Small'), summary: words('…') },
      { key: 'full', title: words('Full'), summary: words('…') },
    ],
    facts: [{ key: 'has-cat', question: words('A cat?'), default: false }],
    schedule: { weeks: 40, target: 'issue', catchUpWeeks: 12, freeze: { from: '07-14', to: '08-31' } },
    steps: [aStep('first', aTask('one'), aTask('two')), aStep('second', aTask('three'))],
    registers: [],
    automations: [],
    obligations: [anObligation('issue', '2027-09-01')],
    sources: [
      {
        id: 'law',
        title: words('The law'),
        url: 'https://example.org/law',
        confidence: 'sure',
        verifiedOn: '2026-10-10',
      },
    ],
    watch: { sources: [] },
    ...more,
  };
}

export function aCompany(more: Partial<Company> = {}): Company {
  return { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise', facts: {}, ...more };
}

const HOLIDAYS = new Set([
  '2027-01-01',
  '2027-03-29',
  '2027-05-06',
  '2027-05-17',
  '2027-07-14',
  '2027-11-01',
  '2027-11-11',
]);

/** The French holidays that tests meet; the real calendar has a test of its own. */
export const isHoliday: IsHoliday = (day) => HOLIDAYS.has(day);
