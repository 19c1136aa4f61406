import { describe, expect, it } from 'vitest';
import { messageOf, remarksOf } from '#src/watch/reminders/announce.ts';
import type { Reminder } from '#src/watch/reminders/rules.ts';

const audience = {
  company: 'Boulangerie Martin',
  locale: 'fr',
  today: '2027-08-25',
} as const;

function reminder(key: string, more: Partial<Reminder> = {}): Reminder {
  return {
    subject: { kind: 'task', key, title: `Tâche ${key}`, due: '2027-09-01' },
    on: '2027-08-25',
    daysLeft: 7,
    late: false,
    ...more,
  };
}

const legal: Reminder = {
  ...reminder('emission'),
  subject: { kind: 'obligation', key: 'emission', title: 'Émettre des factures', due: '2027-09-01' },
};

describe('what is written on a task', () => {
  it('says what is due and in how many days, under a key of its own', () => {
    const [remark, ...more] = remarksOf([reminder('a/1')], audience);

    expect(more).toEqual([]);
    expect(remark).toMatchObject({
      key: 'a/1@jalon-reminder-2027-09-01-2027-08-25',
      kind: 'comment',
      parent: 'a/1',
      fields: {
        author: 'Jalon',
        origin: 'jalon',
        at: '2027-08-25T06:00:00.000Z',
        text: expect.stringMatching(
          /^Rappel\u00a0: .* pour le 1er\u00a0septembre\u00a02027, dans 7\u00a0jours\.$/,
        ),
      },
    });
  });

  it('is the same remark when it is made again, also in another language', () => {
    const keys = (['fr', 'en'] as const).map(
      (locale) => remarksOf([reminder('a/1')], { ...audience, locale })[0]?.key,
    );

    expect(new Set(keys).size).toBe(1);
  });

  it('is one remark on the most urgent task when many are due', () => {
    const all = Array.from({ length: 6 }, (_, index) => reminder(`a/${index}`));

    const remarks = remarksOf(all, audience);

    expect(remarks.map(({ parent }) => parent)).toEqual(['a/0']);
    expect(remarks[0]?.fields.text).toContain('Tâche a/5');
  });

  it('is nothing for a legal date, which is no task', () => {
    expect(remarksOf([legal], audience)).toEqual([]);
  });
});

describe('what is sent to people', () => {
  it('is one message a day, legal dates first', () => {
    const message = messageOf([reminder('a/1', { daysLeft: -14, late: true }), legal], audience);

    expect(message).toMatchObject({ key: 'reminders:2027-08-25', kind: 'reminder', to: 'subscribers' });
    expect(message?.subject).toBe('Boulangerie Martin\u00a0: 2\u00a0échéances à ne pas manquer');
    expect(message?.blocks).toMatchObject([
      { kind: 'heading', text: 'Échéances légales' },
      { lines: [{ text: 'Émettre des factures – 1er\u00a0septembre\u00a02027, dans 7\u00a0jours' }] },
      { kind: 'heading', text: 'Tâches exigées par la loi' },
      {
        lines: [
          {
            text: 'Tâche a/1 – 1er\u00a0septembre\u00a02027, délai dépassé de 14\u00a0jours (rappel envoyé avec retard)',
          },
        ],
      },
    ]);
  });

  it('is nothing on a day on which nothing is due', () => {
    expect(messageOf([], audience)).toBeUndefined();
  });
});
