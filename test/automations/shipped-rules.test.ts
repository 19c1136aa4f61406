import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFrenchHoliday as isHoliday } from '#src/config/holidays.ts';
import { type ProjectAutomation, rulesOf } from '#src/plan/automation.ts';
import { buildPlan } from '#src/plan/build-plan.ts';
import type { Item } from '#src/plan/item.ts';
import { parseTemplate } from '#src/plan/load-template.ts';
import { aCompany } from '../builders/template.ts';
import { firedRules, Office } from './office.ts';

function shipped(name: string) {
  const folder = `templates/${name}`;
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return parseTemplate(paths.map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8') })));
}

const templates = new Map(
  ['facturation-electronique', 'demenagement-de-bureaux'].map((name) => [name, shipped(name)] as const),
);

const PEOPLE = { 'office-manager': 'Claire', assistant: 'Paul', direction: 'Anne' };

/** A team of three with the shipped plan, as it stands after its first cycle. */
function teamOn(
  name: string,
  people: Readonly<Record<string, string>>,
  own: readonly ProjectAutomation[] = [],
) {
  const template = templates.get(name) ?? shipped(name);
  const start = '2026-11-23';
  const input = {
    template,
    company: aCompany(),
    profile: 'essentiel',
    start,
    locale: 'fr',
    people,
    isHoliday,
  } as const;
  const office = new Office(rulesOf(template.automations, own), ...buildPlan(input).items.values());
  office.team = { ...office.team, profile: 'essentiel', people, template, isHoliday };
  office.cycle(start);
  return office;
}

const invoicing = (...own: readonly ProjectAutomation[]) => teamOn('facturation-electronique', PEOPLE, own);
const moving = (...own: readonly ProjectAutomation[]) =>
  teamOn('demenagement-de-bureaux', { responsable: 'Claire', equipe: 'Paul' }, own);
const off = (id: string): ProjectAutomation => ({ id, enabled: false });

const linesOf = ({ messages }: ReturnType<Office['cycle']>) =>
  messages.map(({ to, blocks }) => [
    to,
    blocks.flatMap((block) =>
      block.kind === 'list' ? block.lines.map(({ text }) => text.replaceAll('\u00a0', ' ')) : [],
    ),
  ]);

function notice(): Item {
  return {
    key: 'watch-log:dgfip-2026-12',
    kind: 'row',
    parent: 'watch-log',
    fields: {
      title: 'Report de la date d’émission',
      date: '2026-12-01',
      source: 'DGFiP',
      link: 'https://www.impots.gouv.fr/avis',
      decision: 'to-decide',
      archived: false,
    },
  };
}

describe('in the e-invoicing plan', () => {
  it('a finished task opens those that waited only for it, and tells each owner in one message', () => {
    const team = invoicing();

    const reaction = team.does('comprendre/fiche-profil', { status: 'done' }).cycle('2026-11-25');

    expect(firedRules(reaction)).toEqual(
      expect.arrayContaining([
        'ouvrir-la-suite comprendre/constat-annuaire',
        'ouvrir-la-suite comprendre/dates-applicables',
      ]),
    );
    expect(team.fields('comprendre/constat-annuaire')).toMatchObject({ status: 'todo', start: '2026-11-25' });
    expect(team.comments('comprendre/constat-annuaire')).toHaveLength(1);
    expect(linesOf(reaction).map(([to]) => to)).toEqual([['Claire']]);
  });

  it('a full checklist finishes its task, which opens the next one in the same cycle', () => {
    const team = invoicing();
    const points = [...team.agreed.values()].filter((item) => item.parent === 'comprendre/fiche-profil');
    for (const { key } of points) team.does(key, { done: true });

    const fired = firedRules(team.cycle());

    expect(fired[0]).toBe('liste-complete comprendre/fiche-profil');
    expect(fired).toContain('ouvrir-la-suite comprendre/constat-annuaire');
    expect(team.comments('comprendre/fiche-profil')[0]).toContain('Preuve à garder\u00a0: ');
  });

  it('a legal duty that is a day late becomes urgent, and management is told once', () => {
    const team = invoicing();
    const { due } = team.fields('comprendre/constat-annuaire');
    team.does('comprendre/constat-annuaire', { priority: 'high' }).cycle(String(due));

    const late = team.cycle('2026-12-15');

    expect(team.fields('comprendre/constat-annuaire').priority).toBe('urgent');
    const told = linesOf(late);
    expect(told.map(([to]) => to)).toEqual([['Anne']]);
    expect(told[0]?.[1]?.[0]).toContain('est exigée par la loi et attendue depuis le');
    expect(firedRules(team.cycle('2026-12-16')).filter((one) => one.endsWith('constat-annuaire'))).toEqual(
      [],
    );
  });

  it('a task that another one is late with and that no law asks for stays as it is', () => {
    const team = invoicing();

    const fired = firedRules(team.cycle('2027-01-15'));

    expect(fired).not.toContain('obligation-en-retard comprendre/outil-de-suivi');
    expect(team.fields('comprendre/outil-de-suivi').required).toBe(false);
  });

  it('a blocked task of somebody else is told to the office manager, one of hers is not', () => {
    const team = invoicing();
    team
      .does('comprendre/outil-de-suivi', { status: 'blocked' })
      .does('comprendre/fiche-profil', { status: 'blocked' });

    const told = linesOf(team.cycle());

    expect(told.map(([to]) => to)).toEqual([['Claire']]);
    expect(told[0]?.[1]).toHaveLength(1);
    expect(told[0]?.[1]?.[0]).toContain('est bloquée. En charge : Paul.');
  });

  it('a notice gives whoever does the watch one task to read it, with its link', () => {
    const team = invoicing();

    const fired = firedRules(team.adds(notice(), 'watch').cycle());
    const again = firedRules(team.does(notice().key, { decision: 'no-effect' }).cycle());

    expect(fired).toEqual(['avis-a-lire watch-log:dgfip-2026-12']);
    expect(again).toEqual([]);
    const own = [...team.agreed.values()].filter(({ key }) => key.startsWith('comprendre/avis-a-lire-'));
    expect(own.map(({ fields }) => fields)).toMatchObject([
      {
        title: 'Lire\u00a0: Report de la date d’émission',
        people: ['Paul'],
        due: '2026-11-30',
        description:
          'Dire dans le journal de veille ce que cela change pour l’entreprise.\nDGFiP\nhttps://www.impots.gouv.fr/avis',
      },
    ]);
  });

  it.each(['ouvrir-la-suite', 'liste-complete', 'obligation-en-retard', 'tache-bloquee', 'avis-a-lire'])(
    'one line switches %s off',
    (id) => {
      const stir = (team: Office) => {
        for (const [key, item] of team.agreed) if (item.kind === 'check') team.does(key, { done: true });
        team.does('comprendre/outil-de-suivi', { status: 'blocked' }).adds(notice(), 'watch');
        return new Set(
          [...team.cycle().firings, ...team.cycle('2027-06-01').firings].map(({ rule }) => rule.id),
        );
      };
      // Without full checklists, which end what would be late.
      const stirLate = (team: Office) => new Set(team.cycle('2027-06-01').firings.map(({ rule }) => rule.id));
      const run = id === 'obligation-en-retard' ? stirLate : stir;

      expect(run(invoicing())).toContain(id);
      expect(run(invoicing(off(id)))).not.toContain(id);
    },
  );

  it('a quiet week is quiet', () => {
    const team = invoicing();

    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'])
      expect(team.cycle(day)).toMatchObject({ firings: [], messages: [] });
  });
});

describe('in the office move', () => {
  it('the same rules hold, though nothing is about invoices', () => {
    const team = moving();
    const points = [...team.agreed.values()].filter((item) => item.parent === 'cadrer/relire-le-bail');
    for (const { key } of points) team.does(key, { done: true });
    team.does('cadrer/recenser-les-besoins', { status: 'done' });

    const reaction = team.cycle('2026-12-01');

    expect(firedRules(reaction)).toEqual(
      expect.arrayContaining([
        'liste-complete cadrer/relire-le-bail',
        'ouvrir-la-suite cadrer/fixer-le-budget',
      ]),
    );
    expect(team.fields('cadrer/fixer-le-budget').start).toBe('2026-12-01');
    // Nobody holds the role of management: whoever receives the digest is told.
    expect(linesOf(reaction)).toContainEqual(['subscribers', [expect.stringContaining('Fixer le budget')]]);
  });

  it('one line lets a delay push what follows', () => {
    const late = (team: Office) => {
      const before = team.fields('cadrer/fixer-le-budget').due;
      team.cycle('2026-12-14');
      team.does('cadrer/recenser-les-besoins', { status: 'done' }).cycle('2026-12-15');
      return [before, team.fields('cadrer/fixer-le-budget').due];
    };

    const [before, after] = late(moving());
    expect(after).toBe(before);
    const [, pushed] = late(moving({ id: 'reporter-la-suite', enabled: true }));
    expect(String(pushed) > String(before)).toBe(true);
  });
});
