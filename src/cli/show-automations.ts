import type { Effect } from '#src/automations/acts.ts';
import type { Firing } from '#src/automations/firing.ts';
import { automationReport as words } from '#src/i18n/automations.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { type Item, text } from '#src/plan/item.ts';
import { type FiredRule, titleOf } from '#src/service/report.ts';
import { fieldLine } from './field-line.ts';
import type { Telling } from './wording.ts';

/** Beyond this many, the rules that a cycle set off are only counted. */
const MOST_TOLD = 8;

/** What the rules did in a cycle, a line for each. */
export function firedLines(fired: readonly FiredRule[], locale: Locale): readonly string[] {
  const told = fired
    .slice(0, MOST_TOLD)
    .map(({ title, itemTitle, why }) =>
      say(locale, words.fired, { rule: title[locale], item: itemTitle, why: why(locale) }),
    );
  const more = fired.length - told.length;
  return more > 0 ? [...told, say(locale, words.more, more)] : told;
}

/** What each rule would do, to what, and why. */
export function explainLines(firings: readonly Firing[], telling: Telling): readonly string[] {
  const { locale, paint } = telling;
  if (firings.length === 0) return [`  ${say(locale, words.nothing)}`];
  return [
    `  ${say(locale, words.heading)}`,
    ...firings.flatMap((firing) => {
      const { rule, item, why, effects } = firing;
      const params = { rule: rule.title[locale], item: titleOf(item), why: why(locale) };
      return [
        `    ${say(locale, words.fired, params)}`,
        ...effects.map((effect) => paint('cyan', `      ${effectLine(effect, firing, telling)}`)),
      ];
    }),
  ];
}

function effectLine(effect: Effect, { item }: Firing, telling: Telling): string {
  const { locale } = telling;
  switch (effect.kind) {
    case 'set': {
      const { key } = effect.item;
      const elsewhere = key === item?.key ? '' : `${titleOf(effect.item)} · `;
      return `~ ${elsewhere}${fieldLine(key, effect.field, [effect.old, effect.new], telling)}`;
    }
    case 'tell': {
      const people = effect.to === 'subscribers' ? [] : effect.to;
      return say(locale, words.tell, { people, text: effect.text });
    }
    case 'add':
      return newLine(effect.item, telling);
  }
}

function newLine(item: Item, { locale, wording }: Telling): string {
  const title = titleOf(item);
  if (item.kind === 'comment') return say(locale, words.comment, { text: text(item, 'text') });
  if (item.kind === 'task') return say(locale, words.newTask, { title, due: text(item, 'due') });
  return say(locale, words.newRow, { title, register: wording.register(item.parent) });
}

/** Of the JSON of `apply`, `sync` and `plan`. */
export function firedDocument(fired: readonly FiredRule[], locale: Locale): readonly object[] {
  return fired.map(({ rule, item, why }) => ({ rule, item, why: why(locale) }));
}

/** As `firedDocument`, with what each rule would do. */
export function explainDocument(firings: readonly Firing[], locale: Locale): readonly object[] {
  return firings.map(({ rule, item, why, effects }) => ({
    rule: rule.id,
    item: item?.key ?? null,
    why: why(locale),
    effects: effects.map(effectDocument),
  }));
}

function effectDocument(effect: Effect): object {
  switch (effect.kind) {
    case 'set':
      return { set: effect.field, item: effect.item.key, old: effect.old, new: effect.new };
    case 'tell':
      return { notify: effect.to, text: effect.text };
    case 'add':
      return { create: effect.item.kind, item: effect.item.key, fields: effect.item.fields };
  }
}
