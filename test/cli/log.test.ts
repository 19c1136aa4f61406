import { describe, expect, it } from 'vitest';
import { personEdits, rowOf, type } from '../workspaces/excel/person.ts';
import { Desk, madeOnce } from './jalon.ts';

const KEY = 'comprendre/outil-de-suivi';
const TITLE = 'Ouvrir le plan partagé et y donner accès';

interface LogDocument {
  readonly projects: readonly {
    readonly slug: string;
    readonly entries: readonly Record<string, unknown>[];
    readonly undo?: Record<string, unknown>;
    readonly errors: readonly unknown[];
  }[];
}

const BOOK = ['projects', 'boulangerie-martin.xlsx'] as const;

async function setStatus(desk: Desk, label: string): Promise<void> {
  await personEdits(desk.path(...BOOK), ({ grid }) =>
    type(grid('plan'), rowOf(grid('plan'), KEY), 'status', label),
  );
  await desk.jalon('sync');
}

const atWork = madeOnce(async (desk) => {
  desk.found();
  await desk.jalon('apply');
  desk.env.JALON_NOW = '2026-11-23T09:01:00+01:00';
  await setStatus(desk, 'Fait');
});

/** A company with a plan, in whose workbook someone has set the status of a task. */
async function companyAtWork(): Promise<{
  desk: Desk;
  set: (label: string) => Promise<void>;
  status(): Promise<string>;
}> {
  const desk = new Desk();
  await atWork(desk);
  let minutes = 1;
  // Each command begins at the same instant: what comes later is to be dated later.
  const set = async (label: string) => {
    minutes += 1;
    desk.env.JALON_NOW = `2026-11-23T09:${String(minutes).padStart(2, '0')}:00+01:00`;
    await setStatus(desk, label);
  };
  const status = async () => {
    let text = '';
    await personEdits(desk.path(...BOOK), ({ grid }) => {
      text = grid('plan').fieldText(rowOf(grid('plan'), KEY), 'status');
    });
    return text;
  };
  desk.env.JALON_NOW = '2026-11-23T09:01:00+01:00';
  return { desk, set, status };
}

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('jalon log', () => {
  it('says when, who, which task, which field, what before and what after, as the team calls them', {
    timeout: 60_000,
  }, async () => {
    const { desk } = await companyAtWork();

    const { code, out } = await desk.jalon('log', 'boulangerie-martin', '--item', KEY);

    expect(code).toBe(0);
    expect(plain(out)).toMatch(
      /#\d+ · 23 novembre 2026 à 9 h \d\d · le classeur boulangerie-martin\.xlsx\n {4}Ouvrir le plan partagé et y donner accès · état : « À faire » → « Fait »/,
    );
    expect(plain(out)).toContain(`le modèle\n    ${TITLE} : ajouté`);
  });

  it('finds an item by its title or a part of it, and names the nearest otherwise', {
    timeout: 60_000,
  }, async () => {
    const { desk } = await companyAtWork();

    const byTitle = await desk.json<LogDocument>('log', '--item', 'ouvrir le PLAN partage et y donner acces');
    const byPart = await desk.json<LogDocument>('log', '--item', 'outil-de-suivi');
    const misspelt = await desk.jalon('log', '--item', 'comprendre/outil-de-suivit');
    const vague = await desk.jalon('log', '--item', 'facture');

    expect(byTitle.document.projects[0]?.entries[0]).toMatchObject({
      key: KEY,
      title: TITLE,
      field: 'status',
      fieldName: 'état',
      kind: 'changed',
      who: 'le classeur boulangerie-martin.xlsx',
      old: 'todo',
      new: 'done',
    });
    expect(byPart.document.projects[0]?.entries[0]).toMatchObject({ key: KEY });
    expect(misspelt.code).toBe(2);
    expect(plain(misspelt.err)).toContain(`Le plus proche : « ${KEY} »`);
    expect(vague.code).toBe(2);
    expect(plain(vague.err)).toMatch(/plusieurs éléments répondent à « facture » : .*Précisez le titre/);
  });

  it('shows the latest first, so many as asked for, since the day asked for', {
    timeout: 60_000,
  }, async () => {
    const { desk, set } = await companyAtWork();
    await set('Bloqué');

    const latest = await desk.json<LogDocument>('log', '--limit', '1');
    const few = await desk.jalon('log', '--limit', '1');
    const later = await desk.jalon('log', '--since', '2026-11-24');

    expect(latest.document.projects[0]?.entries).toMatchObject([{ old: 'done', new: 'blocked' }]);
    expect(plain(few.out)).toContain('Pour en voir plus : --limit 10');
    expect(later).toMatchObject({ code: 0, out: expect.stringContaining('Rien dans le journal.') });
  });

  it.each([
    [['--since', 'hier'], '--since : trouvé « hier »'],
    [['--limit', '0'], '--limit : trouvé « 0 »'],
    [['--undo', 'douze'], '--undo : trouvé « douze »'],
    [['--force'], 'vont avec --undo'],
  ])('refuses %j with what it expected', { timeout: 60_000 }, async (words, told) => {
    const desk = new Desk();
    desk.found();

    const { code, err } = await desk.jalon('log', ...words);

    expect(code).toBe(2);
    expect(plain(err)).toContain(told);
  });
});

describe('jalon log --undo', () => {
  /** Of the status of the task: rules may have said something since. */
  async function lastEntry(desk: Desk): Promise<string> {
    const { document } = await desk.json<LogDocument>('log', '--item', KEY);
    return String(document.projects[0]?.entries.find(({ field }) => field === 'status')?.entry);
  }

  it('shows what it would do, does it everywhere, and can be undone itself', {
    timeout: 60_000,
  }, async () => {
    const { desk, status } = await companyAtWork();
    const entry = await lastEntry(desk);

    const tried = await desk.jalon('log', '--undo', entry, '--dry-run');
    const before = await status();
    desk.env.JALON_NOW = '2026-11-23T10:00:00+01:00';
    const undone = await desk.json<LogDocument>('log', 'boulangerie-martin', '--undo', `#${entry}`);
    const after = await status();
    const again = await desk.jalon('log', '--undo', entry);

    expect(plain(tried.out)).toContain(`${TITLE} · état : « Fait » → « À faire »`);
    expect(before).toBe('Fait');
    expect(undone.code).toBe(0);
    expect(undone.document.projects[0]?.undo).toMatchObject({
      key: KEY,
      old: 'done',
      new: 'todo',
      done: true,
    });
    expect(after).toBe('À faire');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('déjà annulée') });

    const itself = await lastEntry(desk);
    expect(plain((await desk.jalon('log', '--limit', '1')).out)).toContain(`annulation de l’entrée ${entry}`);
    await desk.jalon('log', '--undo', itself);
    expect(await status()).toBe('Fait');
  });

  it('asks before it undoes more than that entry', { timeout: 60_000 }, async () => {
    const { desk, set, status } = await companyAtWork();
    const entry = await lastEntry(desk);
    await set('Bloqué');

    const refused = await desk.jalon('log', '--undo', entry);
    const forced = await desk.jalon('log', '--undo', entry, '--force');

    expect(refused.code).toBe(2);
    expect(plain(refused.err)).toContain('« Bloqué » → « À faire »');
    expect(refused.err).toContain('--force');
    expect(forced.code).toBe(0);
    expect(await status()).toBe('À faire');
  });

  it('says that there is no such entry', { timeout: 60_000 }, async () => {
    const { desk } = await companyAtWork();

    const { code, err } = await desk.jalon('log', '--undo', '99999');

    expect(code).toBe(2);
    expect(err).toContain('99999');
  });
});
