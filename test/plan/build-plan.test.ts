import { describe, expect, it } from 'vitest';
import { buildPlan, type PlanInput } from '#src/plan/build-plan.ts';
import { type Item, text } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import { aCompany, anObligation, aStep, aTask, aTemplate, isHoliday, words } from '../builders/template.ts';

const NOTHING: Item = { key: '', kind: 'task', parent: '', fields: {} };

function planOf(template: Template, more: Partial<PlanInput> = {}) {
  return buildPlan({
    template,
    company: aCompany(),
    profile: 'full',
    start: '2026-11-23',
    locale: 'fr',
    people: {},
    isHoliday,
    ...more,
  });
}

function duesOf(template: Template, more: Partial<PlanInput> = {}) {
  const { items } = planOf(template, more);
  return Object.fromEntries([...items.values()].map((item) => [item.key, item.fields.due]));
}

describe('which tasks apply', () => {
  it('holds in a small profile what is marked for it, in a larger one both', () => {
    const template = aTemplate({
      steps: [aStep('first', aTask('one'), aTask('two', { profile: 'full' }))],
    });

    expect(Object.keys(duesOf(template, { profile: 'small' }))).toEqual(['first/one']);
    expect(Object.keys(duesOf(template, { profile: 'full' }))).toEqual(['first/one', 'first/two']);
  });

  it('leaves out tasks and points whose condition does not hold for the company', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('franchise', { when: { vat: ['franchise'] } }),
          aTask('not-franchise', { when: { not: { vat: ['franchise'] } } }),
          aTask('cat', {
            when: { any: [{ facts: { 'has-cat': true } }, { size: ['micro'] }] },
            checklist: [
              { key: 'feed', title: words('Feed it'), when: { facts: { 'has-cat': true } } },
              { key: 'look', title: words('Look for it'), when: { facts: { 'has-cat': false } } },
            ],
          }),
        ),
      ],
    });

    expect(Object.keys(duesOf(template))).toEqual(['first/franchise', 'first/cat', 'first/cat#look']);
  });

  it('hands the dependencies of a task that does not apply over to those that waited for it', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('three', { dependsOn: ['first/two'] }),
          aTask('two', { profile: 'full', dependsOn: ['first/one'] }),
          aTask('one'),
        ),
      ],
    });

    const { items } = planOf(template, { profile: 'small' });

    expect(items.get('first/three')?.fields.dependsOn).toEqual(['first/one']);
  });
});

describe('dates', () => {
  it('counts from the first day, in weeks, and lands on a working day', () => {
    const template = aTemplate({
      steps: [aStep('first', aTask('one', { due: { anchor: 'start', weeks: 6 } }))],
    });

    expect(duesOf(template, { start: '2026-11-20' })).toEqual({ 'first/one': '2027-01-04' });
  });

  it('counts backwards from an obligation, and stays before it', () => {
    const template = aTemplate({
      obligations: [anObligation('issue', '2027-10-10')],
      steps: [
        aStep(
          'first',
          aTask('eve', { due: { anchor: 'issue', weeks: 0 } }),
          aTask('before', { due: { anchor: 'issue', weeks: -20 } }),
        ),
      ],
    });

    // 10 October 2027 is a Sunday; 20 weeks before it is Sunday 23 May.
    expect(duesOf(template)).toEqual({ 'first/eve': '2027-10-08', 'first/before': '2027-05-21' });
  });

  it('puts a task after those that it depends on, and leaves up to a week between them', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('after', { due: { anchor: 'issue', weeks: -20 }, dependsOn: ['first/before'] }),
          aTask('before', { due: { anchor: 'issue', weeks: -19 } }),
        ),
      ],
    });

    expect(duesOf(template)).toEqual({ 'first/after': '2027-04-14', 'first/before': '2027-04-13' });
  });

  it('moves what is critical or required, and all that it rests on, to the eve of the freeze', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('decide', { critical: true, due: { anchor: 'issue', weeks: -3 }, dependsOn: ['first/test'] }),
          aTask('test', { due: { anchor: 'issue', weeks: -5 } }),
          aTask('legal', { required: true, due: { anchor: 'issue', weeks: -4 } }),
          aTask('summer-job', { due: { anchor: 'issue', weeks: -4 } }),
        ),
      ],
    });

    expect(duesOf(template)).toEqual({
      'first/decide': '2027-07-13',
      'first/test': '2027-07-06',
      'first/legal': '2027-07-13',
      'first/summer-job': '2027-08-04',
    });
  });

  it('compresses a late plan, dates nothing in the past, and marks what should have been done already', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('early', { due: { anchor: 'issue', weeks: -32 } }),
          aTask('late', { due: { anchor: 'issue', weeks: -4 }, dependsOn: ['first/early'] }),
        ),
      ],
    });

    const { items } = planOf(template, { start: '2027-06-01' });

    expect(items.get('first/early')?.fields).toMatchObject({ due: '2027-06-18', priority: 'urgent' });
    expect(items.get('first/late')?.fields).toMatchObject({ due: '2027-08-23', priority: 'normal' });
  });

  it('catches up in some weeks what was already compulsory on the first day', () => {
    const template = aTemplate({
      obligations: [anObligation('issue', '2026-09-01')],
      steps: [
        aStep(
          'first',
          aTask('prepare', { due: { anchor: 'issue', weeks: -20 } }),
          aTask('switch', { due: { anchor: 'issue', weeks: 0 }, dependsOn: ['first/prepare'] }),
        ),
      ],
    });

    expect(duesOf(template)).toEqual({ 'first/prepare': '2027-01-04', 'first/switch': '2027-02-15' });
  });

  it('says how often a recurring task comes back, in the team’s language', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('watch', { repeat: { every: 1, unit: 'week', until: { anchor: 'issue', weeks: 13 } } }),
          aTask('check', { repeat: { every: 3, unit: 'month' } }),
        ),
      ],
    });

    const french = planOf(template, { locale: 'fr' }).items;
    const english = planOf(template, { locale: 'en' }).items;

    const said = (item: Item | undefined) => text(item ?? NOTHING, 'repeat').replaceAll('\u00a0', ' ');
    expect(said(french.get('first/watch'))).toBe('chaque semaine, jusqu’au 1er décembre 2027');
    expect(said(french.get('first/check'))).toBe('tous les 3 mois');
    expect(said(english.get('first/watch'))).toBe('every week, until 1 December 2027');
  });
});

describe('what an item carries', () => {
  it('gives a task to the person who holds its role', () => {
    const { items } = planOf(aTemplate(), { people: { lead: 'Claire' } });

    expect(items.get('first/one')?.fields.people).toEqual(['Claire']);
  });

  it('starts registers with the rows of the template', () => {
    const template = aTemplate({
      registers: [
        {
          key: 'tools',
          title: words('Tools'),
          summary: words('…'),
          step: 'first',
          columns: [
            { key: 'name', title: words('Name'), type: 'text' },
            { key: 'used', title: words('Used'), type: 'checkbox' },
          ],
          rows: [{ key: 'scale', values: { name: { fr: 'Balance', en: 'Scale' }, used: true } }],
        },
      ],
    });

    expect(planOf(template).items.get('tools:scale')).toEqual({
      key: 'tools:scale',
      kind: 'row',
      parent: 'tools',
      fields: { name: 'Balance', used: true, archived: false },
    });
  });
});
