import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '#src/reconcile/names.ts';
import { trelloColor } from '#src/workspaces/trello/colors.ts';
import { labelsFor, matchLabels, readLabels, wantedLabels } from '#src/workspaces/trello/labels.ts';
import { partsOf, refOf } from '#src/workspaces/trello/match.ts';
import { BLUEPRINT } from './plan.ts';

const id = (n: number) => `5f2b1c3d4e5f6a7b8c9d${n.toString(16).padStart(4, '0')}`;
const steps = wantedLabels(BLUEPRINT, 'steps');
const status = wantedLabels(BLUEPRINT, 'status');
/** A board on which every label of the layout stands, by its place. */
const idsOf = (wanted: typeof steps) => new Map(wanted.map(({ ref }, index) => [ref, id(index)]));
const idOf = (ref: string, wanted = steps) => idsOf(wanted).get(ref) ?? '';
const OWN = id(999);

describe('the labels of a board', () => {
  it('are those of status, urgency and roles where the lists are the steps', () => {
    expect(steps.map(({ ref, name, color }) => `${ref} ${name} ${color}`)).toEqual([
      'status:doing En cours blue',
      'status:blocked Bloqué red_dark',
      'status:dropped Abandonné black',
      'priority:urgent Urgente red',
      'priority:high Haute orange',
      'role:assistant Assistant de gestion black_light',
      'role:accountant Comptable, interne black_light',
      'role:urgent Urgente (2) black_light',
    ]);
  });

  it('are those of steps, urgency and roles where the lists are the statuses', () => {
    expect(status.map(({ ref }) => ref)).toEqual([
      'step:comprendre',
      'step:choisir',
      'priority:urgent',
      'priority:high',
      'role:assistant',
      'role:accountant',
      'role:urgent',
    ]);
    expect(wantedLabels({ ...BLUEPRINT, locale: 'en' }, 'steps')[0]?.name).toBe('In progress');
  });

  it('differ from each other, whatever people call things', () => {
    const names = fc.array(
      fc.constantFrom('Urgente', 'urgente', 'ÚRGENTE', 'Haute', 'En cours', 'Urgente (2)', ''),
    );
    fc.assert(
      fc.property(names, (titles) => {
        const roles = titles.map((title, index) => ({ key: `r${index}`, title }));
        const all = wantedLabels({ ...BLUEPRINT, roles }, 'steps').map(({ name }) => nameKey(name));

        expect(new Set(all).size).toBe(all.length);
        expect(all).not.toContain('');
      }),
    );
  });

  it('are known by what is remembered, else by name, the one of our colour first', () => {
    const existing = [
      { id: id(1), name: 'On y travaille', color: 'lime' },
      { id: id(2), name: 'bloque', color: 'green' },
      { id: id(3), name: 'Bloqué', color: 'red_dark' },
      { id: id(4), name: 'Abandonné', color: null },
      { id: id(5), name: 'À nous', color: 'pink' },
    ];

    const { ids, missing } = matchLabels(steps, existing, {
      'status:doing': id(1),
      'role:assistant': id(77),
    });

    expect(Object.fromEntries(ids)).toEqual({
      'status:doing': id(1),
      'status:blocked': id(3),
      'status:dropped': id(4),
    });
    expect(missing.map(({ ref }) => ref)).toEqual([
      'priority:urgent',
      'priority:high',
      'role:assistant',
      'role:accountant',
      'role:urgent',
    ]);
  });
});

describe('the labels of a card', () => {
  const ids = idsOf(steps);
  const cardWith = (...refs: string[]) => ({
    name: 'Lire',
    idLabels: [OWN, ...refs.map((ref) => idOf(ref))],
  });

  it('are the team’s own, those of fields that are not written, and the new ones', () => {
    const present = [OWN, idOf('status:doing'), idOf('role:assistant'), idOf('priority:high')];

    const all = labelsFor({ status: 'blocked', priority: 'normal' }, ids, present);

    expect(all).toEqual([OWN, idOf('role:assistant'), idOf('status:blocked')]);
    expect(labelsFor({ status: 'done' }, ids, present)).not.toContain(idOf('status:doing'));
    expect(labelsFor({}, ids, [OWN, OWN])).toEqual([OWN]);
  });

  it('say what was written', () => {
    const aStatus = fc.constantFrom('todo', 'doing', 'blocked', 'dropped');
    const aPriority = fc.constantFrom('urgent', 'high', 'normal');
    const aRole = fc.constantFrom('', ...BLUEPRINT.roles.map(({ key }) => key));
    const present = fc.subarray([OWN, ...ids.values()]);
    fc.assert(
      fc.property(aStatus, aPriority, aRole, present, (one, priority, role, before) => {
        const idLabels = labelsFor({ status: one, priority, role }, ids, before);

        const reading = readLabels({ name: 'x', idLabels }, steps, ids);

        expect(reading.fields).toEqual({ priority, role });
        expect(reading.statuses).toEqual(one === 'todo' ? [] : [one]);
        expect(idLabels.includes(OWN)).toBe(before.includes(OWN));
      }),
    );
  });

  it('say the step where they hold it, and nothing where there is none', () => {
    const all = idsOf(status);
    const step = (...idLabels: string[]) => readLabels({ name: 'x', idLabels }, status, all).fields.step;

    expect(step(idOf('step:choisir', status))).toBe('choisir');
    expect(step()).toBeUndefined();
    expect(step(idOf('step:choisir', status), idOf('step:comprendre', status))).toBeUndefined();
  });

  it('that contradict each other say nothing, and are told', () => {
    const { fields, remarks } = readLabels(cardWith('role:assistant', 'role:urgent'), steps, ids);

    expect(fields).toEqual({ priority: 'normal' });
    expect(remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringContaining('(Assistant de gestion, Urgente (2))'),
    ]);
  });

  it('say nothing where a label of their kind was deleted from the board, which took it off every card', () => {
    const left = new Map([...ids].filter(([ref]) => !/status:doing|role:assistant|priority:high/.test(ref)));
    const bare = readLabels({ name: 'x', idLabels: [OWN] }, steps, left);
    const borne = readLabels(cardWith('status:blocked', 'role:accountant', 'priority:urgent'), steps, left);

    expect(bare).toEqual({ fields: {}, statuses: undefined, remarks: [] });
    expect(borne.fields).toEqual({ role: 'accountant', priority: 'urgent' });
    expect(borne.statuses).toEqual(['blocked']);
  });

  it('of two urgencies say the greater, and give every status', () => {
    const { fields, statuses } = readLabels(
      cardWith('priority:high', 'priority:urgent', 'status:doing', 'status:blocked'),
      steps,
      ids,
    );

    expect(fields.priority).toBe('urgent');
    expect(statuses).toEqual(['doing', 'blocked']);
  });
});

describe('a reference', () => {
  it('is a kind and a key, which may hold anything', () => {
    expect(partsOf(refOf('step', 'a:b'))).toEqual({ kind: 'step', key: 'a:b' });
    expect(partsOf('')).toEqual({ kind: '', key: '' });
  });
});

describe('a colour', () => {
  it.each([
    ['#2f6f9f', 'sky_dark'],
    ['#3f7d4f', 'green_dark'],
    ['#b03a2e', 'red_dark'],
    ['#7a5195', 'purple_dark'],
    ['#7f7f7f', 'black'],
    ['#a8475b', 'pink_dark'],
    ['#b5772a', 'yellow_dark'],
    ['#4BCE97', 'green'],
    ['#ffffff', 'black_light'],
  ])('%s is nearest to %s', (hex, color) => {
    expect(trelloColor(hex)).toBe(color);
  });

  it.each([undefined, '', 'red', '#12345', '#12345g', '#1234567'])('%j is none', (hex) => {
    expect(trelloColor(hex)).toBeNull();
  });
});
