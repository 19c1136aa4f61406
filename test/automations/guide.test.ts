import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Act, AutomationsFile, If, ProjectAutomation, When } from '#src/plan/automation.ts';
import { checkAutomations } from '#src/plan/check-automations.ts';
import type { Place } from '#src/plan/check-names.ts';
import { parseTemplate } from '#src/plan/load-template.ts';

const GUIDES = ['docs/automations.md', 'docs/automations.fr.md'];

function blocks(file: string): readonly { readonly automations: readonly unknown[] }[] {
  const found = readFileSync(file, 'utf8').matchAll(/```yaml\n(automations:[\s\S]*?)```/g);
  return [...found].map(([, yaml = '']) => parse(yaml));
}

const folder = 'templates/facturation-electronique';
const template = parseTemplate(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8') })),
);

describe('the guide to automations', () => {
  it.each(GUIDES)('%s shows nothing that would be refused', (file) => {
    const keys = (list: readonly { readonly key: string }[]) => new Set(list.map(({ key }) => key));
    const names = {
      steps: keys(template.steps),
      roles: keys(template.roles),
      profiles: keys(template.profiles),
      registers: new Map(template.registers.map((register) => [register.key, register])),
      watchLog: template.watchLog,
      templateRules: new Set(template.automations.map(({ id }) => id)),
    };
    const place: Place = { problemAt: (_path, said) => ({ file, said }) };

    expect(blocks(file)).toHaveLength(2);
    for (const { automations } of blocks(file)) {
      const entries = automations.map((entry) => ProjectAutomation.parse(entry));
      const problems = [...checkAutomations(place, [], entries, names)];
      expect(problems.map(({ said }) => said('en'))).toEqual([]);
    }
  });

  it.each(GUIDES)('%s tells every trigger, condition and act, and every rule that ships', (file) => {
    const guide = readFileSync(file, 'utf8');
    const names = [When, If, Act].flatMap(({ shape }) => Object.keys(shape));

    for (const name of [...names, ...template.automations.map(({ id }) => id)])
      expect(guide, name).toContain(`\`${name}\``);
  });

  it('for authors shows a rule that is accepted', () => {
    const [block] = blocks('templates/README.md');

    expect(AutomationsFile.safeParse(block).error).toBeUndefined();
  });
});
