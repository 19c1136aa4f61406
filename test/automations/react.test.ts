import { describe, expect, it } from 'vitest';
import { anItem, aPoint } from '../builders/items.ts';
import { rules } from '../builders/rules.ts';
import { firedRules, Office } from './office.ts';

const NOTHING = { firings: [], messages: [] };

describe('a rule on a status', () => {
  const RULES = rules(`
    - id: help
      when: { status-changed: { from: [todo, doing], to: [blocked] } }
      then:
        - set-priority: urgent
        - comment: { fr: "« {title} » est bloquée.", en: "Blocked." }
        - notify: { to: [lead], text: { fr: "Débloquer {title}", en: "Unblock {title}" } }
  `);

  it('does all that it says, on the very task, and tells why', () => {
    const office = new Office(RULES, anItem('a/1', { title: 'Relire le bail', priority: 'normal' }));

    const { firings, messages } = office.does('a/1', { status: 'blocked' }).cycle();

    expect(office.fields('a/1')).toMatchObject({ status: 'blocked', priority: 'urgent' });
    expect(office.comments('a/1')).toEqual(['« Relire le bail » est bloquée.']);
    expect(messages).toMatchObject([
      {
        kind: 'automation',
        to: ['Claire'],
        locale: 'fr',
        subject: 'Boulangerie Martin · help',
        blocks: [{ kind: 'list', lines: [{ text: 'Débloquer Relire le bail' }] }],
      },
    ]);
    expect(firings[0]?.why('fr').replaceAll('\u00a0', ' ')).toBe(
      'son état est passé de « À faire » à « Bloqué »',
    );
    expect(firings[0]?.why('en')).toBe('its status went from “To do” to “Blocked”');
  });

  it.each([
    ['from another status', { status: 'done' }, { status: 'blocked' }],
    ['to another status', { status: 'todo' }, { status: 'done' }],
    ['on another field', { status: 'todo' }, { notes: 'blocked' }],
  ])('does nothing when the change is %s', (_why, before, after) => {
    const office = new Office(RULES, anItem('a/1', before));

    expect(office.does('a/1', after).cycle()).toMatchObject(NOTHING);
  });

  it.each([
    ['the template brings', 'template'],
    ['an undo restores', 'undo:12'],
    ['a place that joins the project has always held', 'notion:new'],
  ])('does nothing for what %s', (_what, actor) => {
    const office = new Office(RULES, anItem('a/1'));

    expect(office.does('a/1', { status: 'blocked' }, actor).cycle()).toMatchObject(NOTHING);
  });

  it('says it once a day, however often it comes back, and again on another day', () => {
    const office = new Office(RULES, anItem('a/1'));
    const block = () =>
      office.does('a/1', { status: 'todo' }).does('a/1', { status: 'blocked' }).cycle(office.today);
    office.does('a/1', { status: 'blocked' }).cycle();
    office.does('a/1', { status: 'todo', priority: 'normal' }).cycle();

    expect(office.does('a/1', { status: 'blocked' }).cycle()).toMatchObject(NOTHING);
    office.does('a/1', { status: 'todo' }).cycle('2027-02-02');
    expect(firedRules(block())).toEqual(['help a/1']);
    expect(office.comments('a/1')).toHaveLength(2);
  });

  it('leaves alone what is archived', () => {
    const office = new Office(RULES, anItem('a/1'));

    expect(office.does('a/1', { status: 'blocked' }).archives('a/1').cycle()).toMatchObject(NOTHING);
  });
});

describe('between people and rules', () => {
  it('the value that a person gave in this cycle stands, and stops the rule that would set another', () => {
    const office = new Office(
      rules(`
        - id: start
          when: { assigned: true }
          then: [{ set-status: doing }, { set-priority: high }]
      `),
      anItem('a/1', { people: [], priority: 'normal' }),
    );

    const reaction = office.does('a/1', { people: ['Paul'], status: 'done' }).cycle();

    expect(reaction).toMatchObject(NOTHING);
    expect(office.fields('a/1')).toMatchObject({ status: 'done', priority: 'normal' });
  });

  it('what a person left open on a new task may be filled in, what they wrote may not', () => {
    const office = new Office(
      rules(`
        - id: welcome
          when: { item-created: { by: person } }
          then: [{ set-people: [helper] }, { set-priority: high }]
        - id: date
          when: { item-created: { by: person } }
          then: [{ set-due: { days: 5 } }]
      `),
    );

    office.adds(anItem('own/1', { people: [], priority: 'normal', due: '2027-03-01' })).cycle();

    expect(office.fields('own/1')).toMatchObject({ people: ['Paul'], priority: 'high', due: '2027-03-01' });
  });
});

describe('a rule on a new item', () => {
  const RULES = rules(`
    - id: row
      when: { item-created: { register: tools } }
      then: [{ comment: { fr: "{name} : à relier", en: "." } }]
    - id: by-watch
      when: { item-created: { by: watch } }
      then: [{ set-priority: high }]
  `);

  it('tells rows from tasks, and people from the watch', () => {
    const row = { key: 'tools:1', kind: 'row', parent: 'tools', fields: { name: 'Caisse' } } as const;
    const office = new Office(RULES);
    office.team = {
      ...office.team,
      template: { ...office.team.template, registers: [toolsRegister()] },
    };

    office.adds(row).adds(anItem('own/1')).adds(anItem('own/2'), 'watch:dgfip');

    expect(firedRules(office.cycle())).toEqual(['row tools:1', 'by-watch own/2']);
    expect(office.comments('tools:1')).toEqual(['Caisse : à relier']);
  });
});

function toolsRegister() {
  const words = (text: string) => ({ fr: text, en: text });
  return {
    key: 'tools',
    title: words('Tools'),
    summary: words('…'),
    step: 'first',
    columns: [{ key: 'name', title: words('Name'), type: 'text' as const }],
  };
}

describe('a full checklist', () => {
  const RULES = rules(`
    - id: finish
      when: { checklist-complete: true }
      if: { status: [todo, doing] }
      then: [{ set-status: done }]
    - id: next
      when: { dependency-done: all }
      if: { status: [todo] }
      then: [{ set-status: doing }]
  `);

  const office = () =>
    new Office(
      RULES,
      anItem('a/1'),
      aPoint('a/1', 'x'),
      aPoint('a/1', 'y', { done: true }),
      anItem('a/2', { dependsOn: ['a/1'] }),
      anItem('a/3', { dependsOn: ['a/1', 'a/2'] }),
    );

  it('ends its task, and what follows from that follows in the same cycle', () => {
    const team = office();

    const reaction = team.does('a/1#x', { done: true }).cycle();

    expect(firedRules(reaction)).toEqual(['finish a/1', 'next a/2']);
    expect(team.fields('a/1').status).toBe('done');
    expect(team.fields('a/2').status).toBe('doing');
    expect(team.fields('a/3').status).toBe('todo');
    expect(team.cycle()).toMatchObject(NOTHING);
  });

  it('is full too when its last open point is taken away, and is not when it is empty', () => {
    const team = office();

    expect(firedRules(team.archives('a/1#x').cycle())).toContain('finish a/1');

    const other = new Office(RULES, anItem('b/1'), aPoint('b/1', 'x'));
    expect(other.archives('b/1#x').cycle()).toMatchObject(NOTHING);
  });

  it('opens nothing again that a person has set back', () => {
    const team = office();
    team.does('a/1#x', { done: true }).cycle();

    team.does('a/1', { status: 'doing' });

    expect(team.cycle()).toMatchObject(NOTHING);
    expect(team.fields('a/1').status).toBe('doing');
  });
});

describe('a finished dependency', () => {
  const any = `
    - id: any
      when: { dependency-done: any }
      then: [{ comment: { fr: "{dependency} est faite", en: "." } }]`;
  const all = `
    - id: all
      when: { dependency-done: all }
      then: [{ set-start: { days: 0 } }]`;

  it('is told for each one, or once when nothing is left to wait for', () => {
    const office = new Office(
      rules(any + all),
      anItem('a/1', { title: 'Un' }),
      anItem('a/2', { title: 'Deux' }),
      anItem('a/3', { dependsOn: ['a/1', 'a/2', 'a/gone'], start: '2027-04-01', due: '2027-04-30' }),
    );

    expect(firedRules(office.does('a/1', { status: 'done' }).cycle())).toEqual(['any a/3']);
    expect(firedRules(office.does('a/2', { status: 'dropped' }).cycle('2027-02-03'))).toEqual(['all a/3']);
    expect(office.comments('a/3')).toEqual(['Un est faite']);
    expect(office.fields('a/3').start).toBe('2027-02-03');
  });

  it('counts once when two are finished in one cycle', () => {
    const office = new Office(
      rules(all),
      anItem('a/1'),
      anItem('a/2'),
      anItem('a/3', { dependsOn: ['a/1', 'a/2'] }),
    );

    office.does('a/1', { status: 'done' }).does('a/2', { status: 'done' });

    expect(firedRules(office.cycle())).toEqual(['all a/3']);
  });

  it('never makes a task start after it is due', () => {
    const office = new Office(
      rules(all),
      anItem('a/1'),
      anItem('a/2', { dependsOn: ['a/1'], start: '2027-01-04', due: '2027-01-29' }),
    );

    expect(office.does('a/1', { status: 'done' }).cycle()).toMatchObject(NOTHING);
  });
});

describe('a task that ends late', () => {
  const RULES = rules(`
    - id: shift
      when: { status-changed: { to: [done] } }
      then: [{ shift-dependents: true }]
  `);

  it('pushes what waits for it by as many working days, and not what is over, begun or dated by law', () => {
    const office = new Office(
      RULES,
      anItem('a/1', { due: '2027-01-28' }),
      anItem('a/2', { dependsOn: ['a/1'], start: '2027-01-29', due: '2027-02-05' }),
      anItem('a/3', { dependsOn: ['a/2'], start: '2027-02-08', due: '2027-02-12', status: 'doing' }),
      anItem('a/4', { dependsOn: ['a/3'], due: '2027-02-12', required: true }),
      anItem('a/5', { dependsOn: ['a/1'], due: '2027-02-12', status: 'done' }),
    );

    // Friday and Monday: two working days late.
    office.does('a/1', { status: 'done' }).cycle();

    expect(office.fields('a/2')).toMatchObject({ start: '2027-02-02', due: '2027-02-09' });
    expect(office.fields('a/3')).toMatchObject({ start: '2027-02-08', due: '2027-02-16' });
    expect(office.fields('a/4').due).toBe('2027-02-12');
    expect(office.fields('a/5').due).toBe('2027-02-12');
  });

  it('pushes nothing when it is in time', () => {
    const office = new Office(
      RULES,
      anItem('a/1', { due: '2027-02-01' }),
      anItem('a/2', { dependsOn: ['a/1'], due: '2027-02-05' }),
    );

    expect(office.does('a/1', { status: 'done' }).cycle()).toMatchObject(NOTHING);
  });
});

describe('a rule with several acts of one kind', () => {
  it('does each of them', () => {
    const office = new Office(
      rules(`
        - id: two
          when: { status-changed: { to: [done] } }
          then:
            - comment: { fr: Un, en: One }
            - comment: { fr: Deux, en: Two }
            - create-task: { title: { fr: Un, en: One } }
            - create-task: { title: { fr: Deux, en: Two } }
      `),
      anItem('a/1'),
    );

    office.does('a/1', { status: 'done' }).cycle();

    expect(office.comments('a/1')).toEqual(['Un', 'Deux']);
    expect([...office.agreed.values()].filter((item) => item.kind === 'task')).toHaveLength(3);
  });
});

describe('a rule that creates', () => {
  const RULES = rules(`
    - id: follow-up
      when: { status-changed: { to: [done] } }
      then:
        - create-task:
            title: { fr: "Classer la preuve de « {title} »", en: "File" }
            role: helper
            due: { days: 3 }
  `);

  it('makes one task for one cause, as whole as those of the template', () => {
    const office = new Office(RULES, anItem('first/1', { title: 'Signer' }));

    const { firings } = office.does('first/1', { status: 'done' }).cycle();

    const [effect] = firings[0]?.effects ?? [];
    const key = effect?.kind === 'add' ? effect.item.key : '';
    expect(key).toMatch(/^first\/follow-up-[0-9a-f]{12}$/);
    expect(office.fields(key)).toMatchObject({
      title: 'Classer la preuve de « Signer »',
      step: 'first',
      status: 'todo',
      people: ['Paul'],
      due: '2027-02-04',
      archived: false,
    });
  });

  it('does not make it again once the team has archived it', () => {
    const office = new Office(RULES, anItem('first/1'));
    office.does('first/1', { status: 'done' }).cycle();
    const own = [...office.agreed.keys()].find((key) => key.startsWith('first/follow-up')) ?? '';
    office.archives(own).does('first/1', { status: 'todo' }).cycle();
    office.memory.clear();

    expect(office.does('first/1', { status: 'done' }).cycle()).toMatchObject(NOTHING);
    expect(office.fields(own).archived).toBe(true);
  });
});

describe('who is told', () => {
  const RULES = rules(`
    - id: tell
      when: { status-changed: { to: [done] } }
      then: [{ notify: { to: [owner, boss], text: { fr: "{title}", en: "{title}" } } }]
  `);

  it('is whoever is on the task, else who holds its role', () => {
    const office = new Office(
      RULES,
      anItem('a/1', { people: ['Zoé'], role: 'lead' }),
      anItem('a/2', { people: [], role: 'lead' }),
    );

    const { messages } = office.does('a/1', { status: 'done' }).does('a/2', { status: 'done' }).cycle();

    expect(messages.map(({ to }) => to)).toEqual([['Zoé'], ['Claire']]);
  });

  it('is whoever receives the digest, when nobody holds the role', () => {
    const office = new Office(RULES, anItem('a/1', { role: 'boss' }));

    expect(office.does('a/1', { status: 'done' }).cycle().messages[0]?.to).toBe('subscribers');
  });

  it('is told in one message what one rule has to say to them', () => {
    const office = new Office(RULES, ...[1, 2, 3].map((n) => anItem(`a/${n}`, { role: 'lead' })));
    for (const n of [1, 2, 3]) office.does(`a/${n}`, { status: 'done' });

    const { messages } = office.cycle();

    expect(messages).toHaveLength(1);
    expect(messages[0]?.blocks).toMatchObject([
      { lines: [{ text: 'a/1' }, { text: 'a/2' }, { text: 'a/3' }] },
    ]);
  });
});
