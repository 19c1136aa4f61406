import { type WeeklyInput, weeklyDigest } from '#src/digest/weekly/digest.ts';
import type { LoggedStatus } from '#src/digest/weekly/done-since.ts';
import type { LoggedChange } from '#src/metrics/history.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import { agreedOn, anItem } from '../builders/items.ts';
import { anObligationState, anOverview } from '../builders/overview.ts';

/** The Monday of the digest. */
export const MONDAY = '2026-11-23';
export const LAST_MONDAY = '2026-11-16T07:00:00.000Z';

export function aNotice(id: string, fields: Fields = {}): Item {
  return {
    key: `watch-log:${id}`,
    kind: 'row',
    parent: 'watch-log',
    fields: { title: id, date: '2026-11-20', link: '', decision: 'to-decide', archived: false, ...fields },
  };
}

type Move = LoggedStatus & LoggedChange;

/** An entry of the audit log: the status of a task was changed. */
export function aMove(key: string, status: string, more: Partial<Move> = {}): Move {
  return {
    ...{ at: '2026-11-18T09:00:00.000Z', key, field: 'status', kind: 'changed', actor: 'excel:plan.xlsx' },
    ...{ old: 'todo', new: status, ...more },
  };
}

/**
 * A small plan on a Monday, worked out by hand. Of nine tasks that count, two are done:
 *
 * - `licence` is required and five days late; `till` is blocked; `files` is both late and blocked
 * - `platform` is due today, `checks` in a fortnight, `budget` the day after that; `idea` has no date
 * - `roles` was done last week, `kick-off` before that; `mail` was dropped
 */
export function aWeek(more: Partial<WeeklyInput> = {}): WeeklyInput {
  const agreed = agreedOn(
    anItem('start/licence', {
      title: 'Vérifier la date d’entrée en vigueur',
      due: '2026-11-18',
      required: true,
      people: ['Claire'],
    }),
    anItem('start/till', {
      title: 'Appeler l’éditeur de la caisse',
      status: 'blocked',
      due: '2026-12-01',
      role: 'lead',
    }),
    anItem('start/files', { title: 'Corriger les fiches clients', status: 'blocked', due: '2026-11-22' }),
    anItem('start/platform', { title: 'Choisir la plateforme', due: MONDAY, people: ['Claire', 'Paul'] }),
    anItem('start/checks', { title: 'Relire les mentions', due: '2026-12-07', role: 'lead' }),
    anItem('start/budget', { title: 'Chiffrer le projet', due: '2026-12-08' }),
    anItem('start/idea', { title: 'Penser aux avoirs' }),
    anItem('start/roles', { title: 'Convenir de qui fait quoi', status: 'done', due: '2026-11-17' }),
    anItem('start/kick-off', { title: 'Ouvrir le plan', status: 'done', due: '2026-11-10' }),
    anItem('start/mail', { title: 'Écrire aux clients', status: 'dropped', due: '2026-11-01' }),
    aNotice('faq', {
      title: 'La foire aux questions a changé',
      link: 'https://example.org/faq',
      'assigned-to': 'Claire',
    }),
    aNotice('old', { title: 'Un décret a paru', decision: 'no-effect' }),
  );
  return {
    ...{ week: '2026-W48', company: 'Boulangerie Martin', locale: 'fr', today: MONDAY, agreed },
    since: { at: LAST_MONDAY, day: '2026-11-16' },
    entries: [
      aMove('start/roles', 'done'),
      aMove('start/kick-off', 'done', { at: '2026-11-12T09:00:00.000Z' }),
    ],
    overview: anOverview({
      obligations: [
        anObligationState('2026-09-01', -83, { id: 'receive', title: 'Recevoir des factures électroniques' }),
        anObligationState('2027-09-01', 282, { id: 'issue', title: 'Émettre ses factures' }),
        anObligationState('2027-09-01', 282, { id: 'report', title: 'Transmettre ses données' }),
        anObligationState('2027-12-01', 373, { id: 'last', title: 'Dernier report', confidence: 'likely' }),
      ],
    }),
    verdict: 'late',
    reason: 'En retard\u00a0: une tâche urgente ou exigée par la loi a dépassé sa date.',
    forecasts: [
      { id: 'issue', p50: '2027-05-12', p85: '2027-07-03', enough: true },
      { id: 'last', p50: null, p85: null, enough: false },
    ],
    ...{ timeZone: 'Europe/Paris', isWorkingDay: () => true },
    ready: new Map([
      ['issue', 0.4],
      ['last', 0.2],
    ]),
    roles: new Map([['lead', 'Responsable administratif']]),
    watchLog: 'watch-log',
    unread: [],
    url: 'https://www.notion.so/plan',
    dashboard: 'https://jalon.example.org/projects/martin',
    late: undefined,
    ...more,
  };
}

export function aDigest(more: Partial<WeeklyInput> = {}) {
  return weeklyDigest(aWeek(more));
}
