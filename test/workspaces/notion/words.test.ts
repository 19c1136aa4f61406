import { describe, expect, it } from 'vitest';
import { explain, type JalonError, NeedsAttention, NotNow, Refused } from '#src/errors.ts';
import { failureOf, need, type Outcome } from '#src/workspaces/notion/outcome.ts';
import { ABOUT } from './connection.ts';

type Failed = Exclude<Outcome<unknown>, { kind: 'ok' }>;

const refused = (code: (Failed & { kind: 'refused' })['refusal']['code']): Failed => ({
  kind: 'refused',
  refusal: { code, detail: 'body.x should be y', requestId: 'req-1' },
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
  ['a wrong token', refused('unauthorized'), Refused, /NOTION_TOKEN/],
  ['a missing right', refused('restricted'), Refused, /droit de lire/],
  ['a full workspace', refused('blockLimit'), NeedsAttention, /1\u202f000 blocs/],
  ['an object that is not shared', refused('notShared'), Refused, /Connexions/],
  ['content that breaks a rule', refused('validation'), NeedsAttention, /body\.x should be y/],
  ['a full database', refused('rowLimit'), NeedsAttention, /lignes/],
  ['a barred connection', refused('blocked'), Refused, /assistance/],
  ['a request that is not understood', refused('malformed'), NeedsAttention, /Mettez Jalon à jour/],
  ['a pause', later('rate'), NotNow, /jusqu’au 2\d\/11\/2026/],
  ['an overload', later('overload'), NotNow, /surchargé/],
  ['a conflict', later('conflict'), NotNow, /en même temps/],
  ['no connection', later('unreachable'), NotNow, /ECONNREFUSED/],
  ['no clear answer', doubtful('timeout'), NotNow, /vérifiera d’abord/],
  ['too large an answer', doubtful('tooLarge'), NeedsAttention, /volumineuse/],
  [
    'something that was saved after all',
    { kind: 'committed', resourceId: 'x', childIds: [] },
    NotNow,
    /enregistré/,
  ],
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

  it('names what it is about', () => {
    const outcomes = all.map(([, outcome]) => outcome);

    const silent = outcomes.filter(
      (outcome) => !explain(failureOf(ABOUT, outcome))('fr').includes(ABOUT.name),
    );

    // These two are about the connection as a whole.
    expect(silent).toEqual([refused('unauthorized'), refused('blocked')]);
  });

  it('is nothing when all is well', () => {
    expect(need(ABOUT, { kind: 'ok', value: 42 })).toBe(42);
    expect(() => need(ABOUT, later('conflict'))).toThrow(NotNow);
  });
});
