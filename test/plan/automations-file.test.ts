import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkProject, parseProject } from '#src/config/project.ts';
import { explain } from '#src/errors.ts';
import { rulesOf } from '#src/plan/automation.ts';
import { parseTemplate } from '#src/plan/load-template.ts';

const FOLDER = 'templates/demenagement-de-bureaux';

/** A template that ships, with these rules. */
function templateWith(rules: string) {
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  const files = paths
    .filter((path) => path.endsWith('.yaml') && path !== 'automations.yaml')
    .map((path) => ({ path, text: readFileSync(`${FOLDER}/${path}`, 'utf8') }));
  return parseTemplate([...files, { path: 'automations.yaml', text: `automations:\n${rules}` }]);
}

/** What is said of the rules, line by line, without the heading and with plain spaces. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return explain(error)('en').replaceAll('\u00a0', ' ').split('\n').slice(3).join('\n').trim();
  }
  return 'accepted';
}

const rule = (more: string) => `  - id: own
    title: { fr: Règle, en: Rule }
${more.replace(/^/gm, '    ')}`;

const NOTIFY = 'then: [{ notify: { to: [owner], text: { fr: "{title}", en: "{title}" } } }]';

describe('the rules of a template', () => {
  it('are accepted as the guide writes them', () => {
    const { automations } = templateWith(
      rule(`when: { status-changed: { to: [done] } }\nif: { step: [cadrer], required: false }\n${NOTIFY}`),
    );

    expect(automations).toMatchObject([{ id: 'own', enabled: true, if: { step: ['cadrer'] } }]);
  });

  it.each([
    [
      'an unknown trigger',
      `when: { status-changd: { to: [done] } }\n${NOTIFY}`,
      'line 4, column 13: the key “status-changd” is unknown here. Did you mean “status-changed”?',
    ],
    [
      'two triggers',
      `when: { assigned: true, checklist-complete: true }\n${NOTIFY}`,
      'line 4, column 11: a rule has one trigger: keep one key below “when”.',
    ],
    [
      'no trigger',
      `when: {}\n${NOTIFY}`,
      'line 4, column 11: a rule has one trigger: keep one key below “when”.',
    ],
    [
      'an unknown status',
      `when: { status-changed: { to: [finished] } }\n${NOTIFY}`,
      'line 4, column 36: found “finished”, expected “todo”, “doing”, “blocked”, “done”, or “dropped”.',
    ],
    [
      'an unknown step',
      `when: { assigned: true }\nif: { step: [cadre] }\n${NOTIFY}`,
      'line 5, column 18: no step has the key “cadre”. Did you mean “cadrer”?',
    ],
    [
      'an unknown role',
      'when: { assigned: true }\nthen: [{ set-people: [responsables] }]',
      'line 5, column 27: the role “responsables” is not defined in template.yaml. Did you mean “responsable”?',
    ],
    [
      'an unknown recipient',
      'when: { assigned: true }\nthen: [{ notify: { to: [ownr], text: { fr: a, en: b } } }]',
      'line 5, column 29: the recipient “ownr” is neither a role of template.yaml nor “owner”. Did you mean “owner”?',
    ],
    [
      'an unknown profile',
      `when: { assigned: true }\nif: { profile: [complete] }\n${NOTIFY}`,
      'line 5, column 21: the profile “complete” is not defined in template.yaml. Did you mean “complet”?',
    ],
    [
      'an unknown field of a task',
      `when: { assigned: true }\nif: { fields: { note: [a] } }\n${NOTIFY}`,
      'line 5, column 21: a task has no field “note”. Did you mean “notes”?',
    ],
    [
      'an unknown register',
      `when: { item-created: { register: supplier } }\n${NOTIFY}`,
      'line 4, column 39: the register “supplier” is not defined in registers.yaml. Did you mean “suppliers”?',
    ],
    [
      'an unknown column of a register',
      `when: { item-created: { register: suppliers } }\nif: { fields: { servce: [moving] } }\n${NOTIFY}`,
      'line 5, column 21: the register has no column “servce”. Did you mean “service”?',
    ],
    [
      'a value that the column of a new row does not know',
      'when: { assigned: true }\nthen: [{ create-row: { register: suppliers, values: { supplier: "{title}", service: boxes } } }]',
      'line 5, column 89: the column has no option “boxes”. Expected: “moving”, “internet”, “energy”, “works”, “cleaning”, “insurance”, or “other”.',
    ],
    [
      'a placeholder that stands for nothing',
      'when: { assigned: true }\nthen: [{ comment: { fr: "{titel}", en: "{title}" } }]',
      'line 5, column 29: nothing can stand for “titel” in braces here. Did you mean “title”?',
    ],
    [
      'a status for a row',
      'when: { item-created: { register: suppliers } }\nthen: [{ set-status: done }]',
      'line 5, column 14: the act “set-status” is about a task, and it is a row of a register that sets this rule off. Remove it.',
    ],
    [
      'a comment on a figure',
      'when: { kpi-over: { kpi: rejection-rate, value: 3 } }\nthen: [{ comment: { fr: a, en: b } }]',
      'line 5, column 14: the act “comment” is about a task, and it is a KPI that sets this rule off. Remove it.',
    ],
    [
      'a condition on tasks for a row',
      `when: { item-created: { register: suppliers } }\nif: { role: [direction] }\n${NOTIFY}`,
      'line 5, column 11: the condition “role” only suits a rule about tasks. Remove it.',
    ],
    [
      'a new task that belongs nowhere',
      'when: { kpi-over: { kpi: rejection-rate, value: 3 } }\nthen: [{ create-task: { title: { fr: a, en: b } } }]',
      'line 5, column 27: the key “step” is missing: it is not a task that sets this rule off. Say to which step the new task belongs.',
    ],
    [
      'a notice where there is no watch log',
      `when: { notice-posted: true }\n${NOTIFY}`,
      'line 4, column 13: the template has no watch log. Name it in template.yaml (“watchLog”), or choose another trigger.',
    ],
    [
      'nothing to do',
      'when: { assigned: true }\nthen: []',
      'line 5, column 11: the list is empty. Give at least one element, or remove the key.',
    ],
    [
      'two things in one entry',
      'when: { assigned: true }\nthen: [{ set-status: done, set-priority: high }]',
      'line 5, column 12: each entry of “then” does one thing: keep one key, and add an entry for each other.',
    ],
  ])('are refused for %s', (_what, more, said) => {
    expect(refusal(() => templateWith(rule(more)))).toBe(said);
  });

  it('are refused when two have one id', () => {
    const twice = `${rule(`when: { assigned: true }\n${NOTIFY}`)}\n${rule(`when: { assigned: true }\n${NOTIFY}`)}`;

    expect(refusal(() => templateWith(twice))).toBe(
      'line 6, column 9: the key “own” is already taken (automations.yaml, line 2). Choose another one.',
    );
  });
});

describe('the automations of a project', () => {
  const template = templateWith(rule(`when: { assigned: true }\n${NOTIFY}`));
  const projectWith = (automations: string) => {
    const text = `company: { name: A, size: micro, vat: franchise }
start: 2026-11-23
template: demenagement-de-bureaux
profile: essentiel
workspaces: [{ kind: excel, file: a.xlsx }]
automations:
${automations}
`;
    const project = parseProject(text, 'projects/a.yaml', '2026-11-23');
    checkProject({ project, file: 'projects/a.yaml', text }, template);
    return project;
  };

  it('turn a rule of the template off with one line, and add their own', () => {
    const own = rule(`when: { assigned: true }\n${NOTIFY}`).replace('id: own', 'id: ours');
    const { automations } = projectWith(`  - { id: own, enabled: false }\n${own}`);

    expect(rulesOf(template.automations, automations)).toMatchObject([{ id: 'ours', from: 'project' }]);
    expect(rulesOf(template.automations, [])).toMatchObject([{ id: 'own', from: 'template' }]);
  });

  it.each([
    [
      '  - { id: owm, enabled: false }',
      'line 7, column 11: the template has no rule “owm”. Did you mean “own”?',
    ],
    [
      rule(`when: { assigned: true }\n${NOTIFY}`),
      'line 7, column 9: the template already has a rule “own”. To stop it, keep only “id” and “enabled: false”; to add one, choose another name.',
    ],
    [
      '  - { id: own, enabled: off please }',
      'line 7, column 25: found “off please”, expected “true” or “false”.',
    ],
    [
      '  - { id: own, enabeld: false }',
      `line 7, column 5: the key “enabled” is missing. Add it.
  line 7, column 16: the key “enabeld” is unknown here. Did you mean “enabled”?`,
    ],
    [
      rule('when: { assigned: true }\nthen: [{ set-people: [boss] }]').replace('id: own', 'id: ours'),
      'line 10, column 27: the role “boss” is not defined in template.yaml. Expected: “responsable”, “equipe”, “direction”, “informatique”, or “bailleur”.',
    ],
    [
      '  - { id: ours, when: { assigned: true } }',
      `line 7, column 5: the key “title” is missing. Add it.
  line 7, column 5: the key “then” is missing. Add it.`,
    ],
  ])('are refused where they stand: %s', (automations, said) => {
    expect(refusal(() => projectWith(automations))).toBe(said);
  });
});
