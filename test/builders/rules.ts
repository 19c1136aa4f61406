import { parse } from 'yaml';
import { type ActiveRule, Rule, rulesOf } from '#src/plan/automation.ts';

/** Rules as their authors write them: YAML, without `title` where the test does not speak of it. */
export function rules(yaml: string): readonly ActiveRule[] {
  const entries = parse(yaml) as readonly { readonly id: string }[];
  const checked = entries.map((entry) => Rule.parse({ title: { fr: entry.id, en: entry.id }, ...entry }));
  return rulesOf(checked, []);
}
