import { describe, expect, it } from 'vitest';
import { renderEmail } from '#src/digest/send/render-email.ts';
import { renderSlack } from '#src/digest/send/render-slack.ts';
import { renderTeams } from '#src/digest/send/render-teams.ts';
import type { ToldKpi } from '#src/digest/weekly/digest.ts';
import { summaryOf } from '#src/digest/weekly/lines.ts';
import { digestMessage } from '#src/digest/weekly/message.ts';
import { agreedOn, anItem } from '../builders/items.ts';
import { anObligationState, anOverview } from '../builders/overview.ts';
import { PNG } from './messages.ts';
import { aDigest, aMove, aWeek } from './weekly-plan.ts';

const picture = { png: PNG, alt: 'Avancement du plan' };
/** Snapshots show no kinds of spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const textOf = (...order: Parameters<typeof digestMessage>) => {
  const { subject, text } = renderEmail(digestMessage(...order), 'example.org');
  return plain(`${subject}\n\n${text}`);
};

describe('what a team reads of its week', () => {
  it('is short and in order of importance, in French', () => {
    expect(textOf(aDigest(), picture)).toMatchInlineSnapshot(`
      "Boulangerie Martin : en retard – semaine 48

      En retard : une tâche urgente ou exigée par la loi a dépassé sa date.

      Avancement : 22 %, 2 tâches faites sur 9.

      Ce qui bloque
      -------------

      - Vérifier la date d’entrée en vigueur – en retard de 5 jours, exigée par la loi (Claire)
      - Corriger les fiches clients – en retard de 1 jour, bloquée (personne n’en est chargé)
      - Appeler l’éditeur de la caisse – bloquée (Responsable administratif)

      À décider
      ---------

      - La foire aux questions a changé (Claire)
        https://example.org/faq

      À faire d’ici au lundi 7 décembre
      ---------------------------------

      - Choisir la plateforme – lundi 23 novembre (Claire, Paul)
      - Relire les mentions – lundi 7 décembre (Responsable administratif)

      Fait depuis le lundi 16 novembre
      --------------------------------

      - Convenir de qui fait quoi

      Échéances légales
      -----------------

      - 1er septembre 2027, dans 282 jours : Émettre ses factures et 1 autre, prêt à 40 %. À ce rythme, prêt vers le 12 mai 2027, au plus tard le 3 juillet 2027 dans 85 cas sur 100
      - 1er décembre 2027, dans 373 jours : Dernier report (à confirmer), prêt à 20 %

      [Avancement du plan]

      Ouvrir le plan
      https://www.notion.so/plan

      Ouvrir le tableau de bord
      https://jalon.example.org/projects/martin
      "
    `);
  });

  it('is the same in English', () => {
    const english = aWeek({
      locale: 'en',
      reason: 'Late: a task that is urgent or required by law is overdue.',
      late: '2026-11-23',
    });

    expect(textOf(aDigest(english), picture)).toMatchInlineSnapshot(`
      "Boulangerie Martin: late – week 48

      Late: a task that is urgent or required by law is overdue.

      Progress: 22%, 2 of 9 tasks done.

      What is stuck
      -------------

      - Vérifier la date d’entrée en vigueur – 5 days late, required by law (Claire)
      - Corriger les fiches clients – 1 day late, blocked (nobody is in charge)
      - Appeler l’éditeur de la caisse – blocked (Responsable administratif)

      To decide
      ---------

      - La foire aux questions a changé (Claire)
        https://example.org/faq

      Due by Monday 7 December
      ------------------------

      - Choisir la plateforme – Monday 23 November (Claire, Paul)
      - Relire les mentions – Monday 7 December (Responsable administratif)

      Done since Monday 16 November
      -----------------------------

      - Convenir de qui fait quoi

      Legal dates
      -----------

      - 1 September 2027, in 282 days: Émettre ses factures and 1 other, 40% ready. At this pace, ready around 12 May 2027, by 3 July 2027 in 85 cases out of 100
      - 1 December 2027, in 373 days: Dernier report (to be confirmed), 20% ready

      [Avancement du plan]

      Open the plan
      https://www.notion.so/plan

      Open the dashboard
      https://jalon.example.org/projects/martin

      This digest was meant for Monday 23 November. It comes late.
      "
    `);
  });

  it('tells first what is in force and not met, and how ready one is for it', () => {
    const ready = new Map([...aWeek().ready, ['receive', 0.33]]);
    const forecasts = [
      { id: 'receive', p50: '2027-01-12', p85: '2027-02-01', enough: true },
      ...aWeek().forecasts,
    ];
    const linesOf = (more: Parameters<typeof aDigest>[0]) =>
      textOf(aDigest(more), undefined)
        .split('\n')
        .filter((line) => /^- \d.* 20\d\d, /.test(line));

    expect(linesOf({ ready, forecasts })).toEqual([
      '- 1er septembre 2026, en vigueur depuis 83 jours : Recevoir des factures électroniques, prêt à 33 %. À ce rythme, prêt vers le 12 janvier 2027, au plus tard le 1er février 2027 dans 85 cas sur 100',
      expect.stringContaining('Émettre ses factures'),
      expect.stringContaining('Dernier report'),
    ]);
    expect(linesOf({ ready, locale: 'en' })[0]).toBe(
      '- 1 September 2026, in force for 83 days: Recevoir des factures électroniques, 33% ready',
    );
    expect(linesOf({ ready: new Map([...ready, ['receive', 1]]) })).toHaveLength(2);
  });

  it('fits into the cell of a table', () => {
    expect(plain(summaryOf(aDigest()))).toMatchInlineSnapshot(`
      "En retard : une tâche urgente ou exigée par la loi a dépassé sa date.
      Ce qui bloque : Vérifier la date d’entrée en vigueur – en retard de 5 jours, exigée par la loi (Claire) ; et 2 autres
      À décider : La foire aux questions a changé (Claire)
      À faire d’ici au lundi 7 décembre : Choisir la plateforme – lundi 23 novembre (Claire, Paul) ; Relire les mentions – lundi 7 décembre (Responsable administratif)
      Fait depuis le lundi 16 novembre : Convenir de qui fait quoi"
    `);
  });

  it('tells indicators with their target, and what they were where they have moved', () => {
    const kpi = { of: 4, indicative: false, reached: null, target: null, before: undefined } as const;
    const kpis: readonly ToldKpi[] = [
      { ...kpi, id: 'rejection-rate', unit: 'share', value: 0.04, target: { atMost: 0.02 }, before: 0.06 },
      { ...kpi, id: 'training', unit: 'share', value: 1, target: { atLeast: 1 }, reached: true, before: 1 },
      { ...kpi, id: 'processing-days', unit: 'days', value: 2.5, target: { atMost: 5 } },
      { ...kpi, id: 'exposure', unit: 'euros', value: 1150, indicative: true },
    ];

    const fr = textOf({ ...aDigest(), kpis }, undefined);
    const en = textOf({ ...aDigest({ locale: 'en' }), kpis }, undefined);

    expect(fr.slice(fr.indexOf('Indicateurs'), fr.indexOf('Ouvrir'))).toMatchInlineSnapshot(`
      "Indicateurs
      -----------

      - Factures rejetées : 4 % (objectif : au plus 2 %) – 6 % au dernier point
      - Personnes formées : 100 % (objectif : 100 %, atteint)
      - Délai de traitement d’une facture reçue : 2,5 jours ouvrés (objectif : au plus 5 jours ouvrés)
      - Exposition théorique (à titre indicatif) : 1 150 €

      "
    `);
    expect(en.slice(en.indexOf('Indicators'), en.indexOf('Open'))).toMatchInlineSnapshot(`
      "Indicators
      ----------

      - Invoices rejected: 4% (target: at most 2%) – 6% at the last digest
      - People trained: 100% (target: 100%, reached)
      - Time to deal with an invoice received: 2.5 working days (target: at most 5 working days)
      - Theoretical exposure (indicative): €1,150

      "
    `);
  });

  it('says why a task is stuck, whatever the reason', () => {
    const agreed = agreedOn(
      anItem('start/a', { title: 'Trier les factures', status: 'doing', people: ['Paul'] }),
      anItem('start/b', { title: 'Payer', due: '2026-11-22', priority: 'urgent', status: 'blocked' }),
    );
    const entries = [aMove('start/a', 'doing', { at: '2026-10-24T10:00:00Z' })];

    expect(textOf(aDigest({ agreed, entries }), undefined)).toContain(
      [
        '- Payer – en retard de 1 jour, bloquée, urgente (personne n’en est chargé)',
        '- Trier les factures – sans mouvement depuis 30 jours (Paul)',
      ].join('\n'),
    );
  });

  it('fits whole into Slack and Teams, with the words of its picture', () => {
    const message = digestMessage(aDigest(), picture);

    const posted = [renderSlack(message, 'CUT'), renderTeams(message, 'CUT')].map((one) =>
      JSON.stringify(one),
    );

    for (const text of posted) {
      expect(text).not.toContain('CUT');
      expect(text).toContain('Avancement du plan');
      expect(text).toContain('https://example.org/faq');
    }
  });

  it('leaves out what is empty', () => {
    const quiet = aWeek({
      agreed: agreedOn(anItem('start/one', { due: '2027-03-01' })),
      entries: [],
      overview: anOverview({ obligations: [] }),
      verdict: 'on-track',
      reason: 'Dans les temps\u00a0: aucune tâche n’est en retard.',
      ...{ url: undefined, dashboard: undefined },
    });

    expect(textOf(aDigest(quiet), undefined)).toMatchInlineSnapshot(`
      "Boulangerie Martin : dans les temps – semaine 48

      Dans les temps : aucune tâche n’est en retard.

      Avancement : 0 %, 0 tâche faite sur 1.
      "
    `);
  });

  it('counts what would be too long to read', () => {
    const tasks = Array.from({ length: 9 }, (_, index) =>
      anItem(`start/t${index}`, { title: `Tâche ${index}`, due: '2026-11-25' }),
    );
    const seven = textOf(aDigest({ agreed: agreedOn(...tasks.slice(0, 7)), entries: [] }), undefined);
    const nine = textOf(aDigest({ agreed: agreedOn(...tasks), entries: [] }), undefined);

    expect(seven.match(/^- Tâche/gm)).toHaveLength(7);
    expect(nine.match(/^- Tâche/gm)).toHaveLength(6);
    expect(nine).toContain('- et 3 autres');
  });

  it.each([
    [{ p50: '2027-05-12', p85: null }, 'À ce rythme, prêt vers le 12 mai 2027'],
    [{ p50: null, p85: null }, 'À ce rythme, pas avant plusieurs années'],
    [{ p50: '2026-11-23', p85: '2026-11-23' }, 'Tout est fait'],
  ])('says of a forecast %o: %s', (forecast, words) => {
    const forecasts = [{ id: 'issue', enough: true, ...forecast }];

    expect(textOf(aDigest({ forecasts }), undefined)).toContain(
      `- 1er septembre 2027, dans 282 jours : Émettre ses factures et 1 autre, prêt à 40 %. ${words}\n`,
    );
  });

  it.each([
    ['2026-W48', 'Semaine 48 · 23 au 29 novembre 2026'],
    ['2026-W49', 'Semaine 49 · 30 novembre au 6 décembre 2026'],
    ['2026-W53', 'Semaine 53 · 28 décembre 2026 au 3 janvier 2027'],
    ['2027-W01', 'Semaine 1 · 4 au 10 janvier 2027'],
    ['2027-W08', 'Semaine 8 · 22 au 28 février 2027'],
    ['2027-W09', 'Semaine 9 · 1er au 7 mars 2027'],
  ])('names the week %s', async (week, title) => {
    const { digestRow } = await import('#src/digest/weekly/row.ts');
    const columns = [{ key: 'week', title: { fr: 'Semaine', en: 'Week' }, type: 'text' as const }];

    const { fields } = digestRow(aDigest({ week }), { key: 'weekly-digests', columns });

    expect(plain(String(fields.week))).toBe(title);
  });

  it('says a legal date of today and of tomorrow as people do', () => {
    const obligations = [
      anObligationState('2026-11-23', 0, { title: 'Recevoir' }),
      anObligationState('2026-11-24', 1, { title: 'Émettre' }),
    ];
    const text = textOf(aDigest({ overview: anOverview({ obligations }), forecasts: [] }), undefined);

    expect(text).toContain(
      '- 23 novembre 2026, aujourd’hui : Recevoir\n- 24 novembre 2026, demain : Émettre',
    );
  });
});
