import { describe, expect, it } from 'vitest';
import { explain, type JalonError, NeedsAttention, NotNow, Refused } from '#src/errors.ts';
import { type Said, said, say } from '#src/i18n/message.ts';
import { type About, trelloSays } from '#src/i18n/trello.ts';
import {
  CUT_SIGN,
  OTHER_PEOPLE,
  OVERVIEW_CARD,
  REQUIRED,
  TICK,
  TRELLO_REMARKS,
  UNTITLED,
} from '#src/i18n/trello-words.ts';
import { failureOf, need, type Outcome } from '#src/workspaces/trello/outcome.ts';
import { ABOUT } from './connection.ts';

type Failed = Exclude<Outcome<unknown>, { kind: 'ok' }>;

const refused = (code: (Failed & { kind: 'refused' })['refusal']['code']): Failed => ({
  kind: 'refused',
  refusal: { code, detail: 'invalid value for pos', status: 400 },
});
const later = (reason: (Failed & { kind: 'notNow' })['delay']['reason']): Failed => ({
  kind: 'notNow',
  delay: { reason, until: new Date(Date.UTC(2026, 10, 23, 14)), detail: 'ECONNREFUSED' },
});
const doubtful = (reason: (Failed & { kind: 'unknown' })['doubt']['reason']): Failed => ({
  kind: 'unknown',
  doubt: { reason, status: 502, detail: 'HTTP 502' },
});

const all: [string, Failed, typeof JalonError, RegExp][] = [
  ['a wrong key or token', refused('unauthorized'), Refused, /TRELLO_TOKEN/],
  ['a token with too few rights', refused('missingScope'), Refused, /read,write/],
  ['a missing right', refused('forbidden'), Refused, /membre normal/],
  ['an object that is not seen', refused('notFound'), Refused, /Ajoutez-la au tableau/],
  ['something that costs', refused('plan'), NeedsAttention, /offre/],
  ['a limit', refused('limit'), NeedsAttention, /limite/],
  ['too many cards', refused('tooManyCards'), NeedsAttention, /archivées/],
  ['too much text', refused('tooLong'), NeedsAttention, /Raccourcissez/],
  ['content that breaks a rule', refused('invalid'), NeedsAttention, /invalid value for pos/],
  ['a request that is not understood', refused('malformed'), NeedsAttention, /Mettez Jalon à jour/],
  ['a pause', later('rate'), NotNow, /jusqu’au 2\d\/11\/2026/],
  ['a pause of questions about people', later('members'), NotNow, /100 par quart d’heure/],
  ['no connection', later('unreachable'), NotNow, /ECONNREFUSED/],
  ['no clear answer', doubtful('timeout'), NotNow, /vérifiera d’abord/],
  ['too large an answer', doubtful('tooLarge'), NeedsAttention, /volumineuse/],
];

describe('what a team reads', () => {
  it.each(all)('of %s is of the right kind and says what to do', (_name, outcome, kind, words) => {
    const error = failureOf(ABOUT, outcome);

    expect(error).toBeInstanceOf(kind);
    expect(explain(error)('fr')).toMatch(words);
  });

  it.each(all)('of %s is well written in both languages', (_name, outcome) => {
    const error = failureOf(ABOUT, outcome);
    const fr = explain(error)('fr');
    const en = explain(error)('en');

    expect(error.message).toBe(en);
    for (const text of [fr, en]) expect(text).toMatch(/^[A-Z].*[.]$/s);
    // A no-break space before what French sets apart, and typographic signs throughout.
    expect(fr).not.toMatch(/[^\u00a0](?::(?!\d)|»)|[^\u202f][;?!]|«[^\u00a0]|'|"/);
    expect(en).not.toMatch(/'|"/);
  });

  it('is there for everything that can be said', () => {
    const said = new Set(all.map(([, outcome]) => explain(failureOf(ABOUT, outcome))('fr')));

    expect(said.size).toBe(Object.keys(trelloSays).length);
  });

  it('names what it is about', () => {
    const outcomes = all.map(([, outcome]) => outcome);

    const silent = outcomes.filter(
      (outcome) => !explain(failureOf(ABOUT, outcome))('fr').includes(ABOUT.name),
    );

    // This is about the connection as a whole.
    expect(silent).toEqual([refused('unauthorized')]);
  });

  it.each([
    ['board', 'le tableau «\u00a0Plan\u00a0»', 'the board “Plan”'],
    ['label', 'l’étiquette «\u00a0Plan\u00a0»', 'the label “Plan”'],
    ['organization', 'l’espace de travail «\u00a0Plan\u00a0»', 'the workspace “Plan”'],
  ] as const)('calls a %s by its name in Trello', (type, fr, en) => {
    const about: About = { type, name: 'Plan' };
    const error = failureOf(about, refused('limit'));

    expect(explain(error)('fr')).toContain(fr);
    expect(explain(error)('en')).toContain(en);
  });

  it('leaves out Trello’s own words where there are none', () => {
    const error = failureOf(ABOUT, {
      kind: 'refused',
      refusal: { code: 'invalid', detail: '', status: 400 },
    });

    expect(explain(error)('fr')).not.toContain('Trello dit');
  });

  it('is nothing when all is well', () => {
    expect(need(ABOUT, { kind: 'ok', value: 42 })).toBe(42);
    expect(() => need(ABOUT, later('rate'))).toThrow(NotNow);
  });
});

describe('a remark', () => {
  const where = { card: 'ERP', column: 'Prix', found: '12 ?', expected: 'Oui, Non' };
  const remarks: Said[] = [
    ...(['option', 'date', 'number', 'check'] as const).map((kind) => said(TRELLO_REMARKS[kind], where)),
    said(TRELLO_REMARKS.severalLabels, { card: 'ERP', found: 'A, B' }),
    said(TRELLO_REMARKS.ownList, { list: 'À nous', cards: 1 }),
    said(TRELLO_REMARKS.ownList, { list: 'À nous', cards: 4 }),
    said(TRELLO_REMARKS.tooLong, { card: 'ERP', parts: 'Notes' }),
    said(TRELLO_REMARKS.untitled, { url: 'https://trello.com/c/x' }),
    said(TRELLO_REMARKS.copied, { card: 'ERP', url: 'https://trello.com/c/x' }),
  ];

  it('is well written in both languages', () => {
    for (const remark of remarks) {
      const fr = remark('fr')
        .replace('12 ?', '12')
        .replace(/https:\S+[^).]/, '');
      const en = remark('en');

      for (const text of [fr, en]) expect(text).toMatch(/^Trello.*[.]$/s);
      expect(fr).not.toMatch(/[^\u00a0](?::(?!\d)|»)|[^\u202f\u00a0][;?!]|«[^\u00a0]|'|"/);
      expect(en).not.toMatch(/'|"/);
    }
  });

  it('quotes what was found, and says what was expected', () => {
    expect(say('fr', TRELLO_REMARKS.option, where)).toContain('Oui, Non');
    expect(say('en', TRELLO_REMARKS.number, where)).toContain('“12 ?”');
  });
});

describe('a sign or a heading', () => {
  it('can be told apart in both languages', () => {
    for (const words of [CUT_SIGN, OTHER_PEOPLE, REQUIRED, UNTITLED, OVERVIEW_CARD, TICK.on, TICK.off]) {
      expect(say('fr', words)).not.toBe(say('en', words));
    }
  });
});
