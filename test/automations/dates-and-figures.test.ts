import { describe, expect, it } from 'vitest';
import { anItem } from '../builders/items.ts';
import { rules } from '../builders/rules.ts';
import { firedRules, Office } from './office.ts';

const NOTHING = { firings: [], messages: [] };

describe('a rule on a late task', () => {
  const RULES = rules(`
    - id: late
      when: { overdue-by: { days: 2 } }
      if: { required: true }
      then:
        - set-priority: urgent
        - comment: { fr: "{days} jours de retard, prévue le {due}", en: "." }
  `);
  const office = (due: string, more = {}) => {
    const team = new Office(RULES, anItem('a/1', { due, required: true, priority: 'high', ...more }));
    team.cycle();
    return team;
  };

  it('fires once, on the day', () => {
    const team = office('2027-02-05');

    expect(team.cycle('2027-02-06')).toMatchObject(NOTHING);
    expect(firedRules(team.cycle('2027-02-07'))).toEqual(['late a/1']);
    expect(team.cycle('2027-02-07')).toMatchObject(NOTHING);
    expect(team.cycle('2027-02-08')).toMatchObject(NOTHING);
    expect(team.fields('a/1').priority).toBe('urgent');
    expect(team.comments('a/1')).toEqual(['2 jours de retard, prévue le 5\u00a0février\u00a02027']);
  });

  it('fires once after a machine has slept over the day', () => {
    const team = office('2027-02-05');

    expect(firedRules(team.cycle('2027-02-19'))).toEqual(['late a/1']);
    expect(team.cycle('2027-02-20')).toMatchObject(NOTHING);
  });

  it('fires again for another due date, and not when a date comes back that was told', () => {
    const team = office('2027-02-05');
    team.cycle('2027-02-08');

    team.does('a/1', { due: '2027-02-10' });
    expect(firedRules(team.cycle('2027-02-08'))).toEqual([]);
    expect(firedRules(team.cycle('2027-02-12'))).toEqual(['late a/1']);

    team.does('a/1', { due: '2027-02-20' }).cycle('2027-02-12');
    expect(team.does('a/1', { due: '2027-02-05' }).cycle('2027-02-13')).toMatchObject(NOTHING);
  });

  it('tells at once of a task that somebody opens again when it is late', () => {
    const team = office('2027-01-20', { status: 'done' });

    expect(firedRules(team.does('a/1', { status: 'doing' }).cycle())).toEqual(['late a/1']);
  });

  it('goes over nothing that was late before the rule came, or before rules had a memory', () => {
    const old = new Office(RULES, anItem('a/1', { due: '2026-12-01', required: true }));
    expect(old.cycle()).toMatchObject(NOTHING);

    const quiet = new Office(
      rules('[{ id: x, when: { assigned: true }, then: [{ set-status: doing }] }]'),
      anItem('a/1', { due: '2027-02-05', required: true }),
    );
    quiet.cycle();
    quiet.cycle('2027-02-20');
    quiet.rules = RULES;
    expect(quiet.cycle('2027-02-21')).toMatchObject(NOTHING);
  });

  it('leaves alone what is done, given up, archived or has no date', () => {
    const over = ['done', 'dropped'].map((status) => anItem(`a/${status}`, { due: '2027-02-05', status }));
    const team = new Office(
      rules(`
        - id: late
          when: { overdue-by: { days: 1 } }
          then: [{ set-priority: urgent }]
      `),
      ...over,
      anItem('a/archived', { due: '2027-02-05', archived: true }),
      anItem('a/undated', { due: null }),
    );
    team.cycle();

    expect(team.cycle('2027-02-20')).toMatchObject(NOTHING);
  });

  it('is not set off by a date that a new template has put into the past', () => {
    const team = office('2027-03-05');

    team.does('a/1', { due: '2027-01-05' }, 'template');

    expect(team.cycle()).toMatchObject(NOTHING);
    expect(team.cycle('2027-02-10')).toMatchObject(NOTHING);
  });
});

describe('a rule on a near date', () => {
  const RULES = rules(`
    - id: soon
      when: { due-in: { days: 3 } }
      then: [{ notify: { to: [owner], text: { fr: "Encore {days} jours", en: "." } } }]
    - id: tomorrow
      when: { due-in: { days: 1 } }
      then: [{ set-priority: high }]
  `);
  const office = () => {
    const team = new Office(RULES, anItem('a/1', { due: '2027-02-10', role: 'lead' }));
    team.cycle();
    return team;
  };

  it('fires on the day, or on the first one after it', () => {
    const team = office();

    expect(team.cycle('2027-02-06')).toMatchObject(NOTHING);
    const { messages } = team.cycle('2027-02-08');
    expect(messages[0]?.blocks).toMatchObject([{ lines: [{ text: 'Encore 2 jours' }] }]);
    expect(firedRules(team.cycle('2027-02-09'))).toEqual(['tomorrow a/1']);
  });

  it('is late on the day after: then there is nothing to announce', () => {
    expect(office().cycle('2027-02-11')).toMatchObject(NOTHING);
  });

  it('fires for a task that comes within its days by another date', () => {
    const team = new Office(RULES, anItem('a/1', { due: '2027-05-10', role: 'lead' }));
    team.cycle();

    expect(firedRules(team.does('a/1', { due: '2027-02-03' }).cycle())).toEqual(['soon a/1']);
  });
});

describe('a rule that dates what is late anew', () => {
  it('does so once, and does not chase its own date', () => {
    const team = new Office(
      rules(`
        - id: postpone
          when: { overdue-by: { days: 1 } }
          then: [{ set-due: { days: 2, from: due } }]
      `),
      anItem('a/1', { due: '2027-02-05' }),
    );
    team.cycle();

    expect(firedRules(team.cycle('2027-02-26'))).toEqual(['postpone a/1']);
    expect(team.fields('a/1').due).toBe('2027-02-09');
    expect(team.cycle('2027-02-26')).toMatchObject(NOTHING);
  });

  it('counts working days, over weekends and holidays, forwards and backwards', () => {
    const at = (days: number, from: 'today' | 'due') => {
      const team = new Office(
        rules(`
          - id: date
            when: { status-changed: { to: [doing] } }
            then: [{ set-due: { days: ${days}, from: ${from} } }]
        `),
        anItem('a/1', { due: '2027-03-30' }),
      );
      team.today = '2027-03-27';
      team.does('a/1', { status: 'doing' }).cycle();
      return team.fields('a/1').due;
    };

    // Saturday 27 March, Easter Monday on the 29th.
    expect(at(0, 'today')).toBe('2027-03-30');
    expect(at(1, 'today')).toBe('2027-03-30');
    expect(at(-1, 'due')).toBe('2027-03-26');
    expect(at(5, 'due')).toBe('2027-04-06');
  });
});

describe('a rule that makes a task about a near date', () => {
  it('makes none about the tasks that it has made', () => {
    const team = new Office(
      rules(`
        - id: prepare
          when: { due-in: { days: 3 } }
          then: [{ create-task: { title: { fr: "Préparer {title}", en: "." }, due: { days: 1 } } }]
      `),
      anItem('a/1', { due: '2027-02-10' }),
    );
    team.cycle();

    expect(firedRules(team.cycle('2027-02-08'))).toEqual(['prepare a/1']);
    expect(team.cycle('2027-02-09')).toMatchObject(NOTHING);
    expect([...team.agreed.values()]).toHaveLength(2);
  });
});

describe('a rule on a figure', () => {
  const RULES = rules(`
    - id: many-late
      when: { kpi-over: { kpi: rejection-rate, value: 3 } }
      then:
        - notify: { to: [lead], text: { fr: "{value} tâches en retard, plus de {limit}", en: "." } }
        - create-task: { step: first, title: { fr: "Revoir les dates", en: "." } }
    - id: few-done
      when: { kpi-under: { kpi: training, value: 0.5 } }
      then: [{ notify: { to: [lead], text: { fr: "{value}", en: "." } } }]
  `);
  const office = () => new Office(RULES, anItem('a/1'));
  const at = (team: Office, late: number | null, day = team.today) => {
    team.kpis = new Map([['rejection-rate', late]]);
    return firedRules(team.cycle(day));
  };

  it('fires when the figure crosses the line, once until it has been back', () => {
    const team = office();

    expect(at(team, 3)).toEqual([]);
    expect(at(team, 4)).toEqual(['many-late']);
    expect(at(team, 5, '2027-02-02')).toEqual([]);
    expect(at(team, 2, '2027-02-03')).toEqual([]);
    expect(at(team, 4, '2027-02-04')).toEqual(['many-late']);
  });

  it('never fires for a figure that is not known, nor takes that for a way back', () => {
    const team = office();

    expect(at(team, null)).toEqual([]);
    expect(at(team, 4)).toEqual(['many-late']);
    expect(at(team, null, '2027-02-02')).toEqual([]);
    expect(at(team, 4, '2027-02-03')).toEqual([]);
  });

  it('says the figure in the team’s language', () => {
    const team = office();
    team.kpis = new Map([['training', 0.25]]);

    expect(team.cycle().messages[0]?.blocks).toMatchObject([{ lines: [{ text: '0,25' }] }]);
  });
});
