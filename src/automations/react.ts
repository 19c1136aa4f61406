import type { ActiveRule } from '#src/plan/automation.ts';
import { type Item, isArchived } from '#src/plan/item.ts';
import type { OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { type Effect, isStopped, perform } from './acts.ts';
import { type Cause, causeId, causesOf, changeCauses, digestOf } from './causes.ts';
import type { Firing } from './firing.ts';
import { messagesOf } from './messages.ts';
import type { Situation } from './situation.ts';
import { DAY, holds, isSetOffBy, kpiCauses, timeCauses } from './triggers.ts';
import { whyOf } from './why.ts';
import { type WorkingCopy, workingCopy } from './working-copy.ts';

export interface Reaction {
  /** In the order in which they followed from each other. */
  readonly firings: readonly Firing[];
  /** What each rule says, by the rule's id: new items, and of others the fields that it sets. */
  readonly said: ReadonlyMap<string, readonly Item[]>;
  readonly messages: readonly OutgoingMessage[];
  /** To be remembered with what was done, or not at all. */
  readonly marks: readonly { readonly name: string; readonly value: string }[];
}

export const NO_REACTION: Reaction = { firings: [], said: new Map(), messages: [], marks: [] };

/**
 * What the rules make of a cycle.
 *
 * - What people and the watch have done sets rules off, dates do, and KPIs; what the template brings does not.
 * - What a rule does may set off another one, in the same cycle. Each rule fires once for each cause, ever; a field is
 *   set once in a cycle, by the first rule that has something to say; what a rule creates counts as no creation, and
 *   makes nothing be created in turn. So it ends, and on its own outcome it finds nothing to do.
 * - A person's value of this cycle stands, and stops the rules that would set another one; what is no longer in the
 *   plan is left alone.
 */
export function react(situation: Situation): Reaction {
  const { rules, agreed, happenings } = situation;
  if (rules.length === 0) return NO_REACTION;
  const copy = workingCopy(agreed, happenings);
  const kpis = kpiCauses(situation);
  const marks = new Map([[DAY, situation.today], ...kpis.marks]);
  const follow = (causes: readonly Cause[]) => chain(causes, copy, marks, situation);

  const firings = [...follow([...causesOf(situation), ...kpis.causes])];
  // Dates last: what people and rules have just settled is no longer late. A rule may date a task anew: so once more.
  let dated = follow(timeCauses(situation, copy.items));
  while (dated.length > 0) {
    firings.push(...dated);
    dated = follow(timeCauses(situation, copy.items));
  }

  return {
    firings,
    said: saidBy(firings, copy.items),
    messages: messagesOf(firings, situation),
    marks: [...marks]
      .filter(([name, value]) => situation.remembered(name) !== value)
      .map(([name, value]) => ({ name, value })),
  };
}

/** What these causes set off, and what follows from that. */
function chain(
  causes: readonly Cause[],
  copy: WorkingCopy,
  marks: Map<string, string>,
  situation: Situation,
): readonly Firing[] {
  const queue = [...causes];
  const firings: Firing[] = [];
  for (const cause of queue) {
    for (const rule of situation.rules) {
      const firing = fire(rule, cause, copy, marks, situation);
      if (!firing) continue;
      firings.push(firing);
      queue.push(...firing.effects.flatMap((effect) => consequences(effect, copy.items)));
    }
  }
  return firings;
}

/** A rule that finds nothing to do has not fired. */
function fire(
  rule: ActiveRule,
  cause: Cause,
  copy: WorkingCopy,
  marks: Map<string, string>,
  situation: Situation,
): Firing | undefined {
  if (!isSetOffBy(rule, cause, copy.items)) return undefined;
  const item = 'key' in cause ? copy.items.get(cause.key) : undefined;
  if ('key' in cause && (!item || isArchived(item))) return undefined;
  if (!holds(rule.if, item, situation.team.profile)) return undefined;
  const mark = `fired:${rule.id}:${digestOf(causeId(cause, situation.today))}`;
  if (marks.has(mark) || situation.remembered(mark) !== undefined) return undefined;
  const occasion = { rule, cause, item };
  if (isStopped(occasion, copy, situation)) return undefined;
  const effects = perform(occasion, copy, situation);
  if (effects.length === 0) return undefined;
  marks.set(mark, situation.today);
  return { rule, cause, item, effects, why: whyOf(cause, copy.items, situation.today) };
}

function consequences(effect: Effect, items: ReadonlyMap<string, Item>): readonly Cause[] {
  const item = effect.kind === 'set' ? items.get(effect.item.key) : undefined;
  return effect.kind === 'set' && item ? changeCauses(item, effect.field, effect.old, items) : [];
}

/** `items`: as they stand in the end, with what later rules have made of what earlier ones added. */
function saidBy(
  firings: readonly Firing[],
  items: ReadonlyMap<string, Item>,
): ReadonlyMap<string, readonly Item[]> {
  const said = new Map<string, Map<string, Item>>();
  for (const { rule, effects } of firings) {
    const own = said.get(rule.id) ?? new Map<string, Item>();
    for (const effect of effects) {
      if (effect.kind === 'tell') continue;
      const { key, kind, parent } = effect.item;
      const fields = effect.kind === 'set' ? { [effect.field]: effect.new } : items.get(key)?.fields;
      own.set(key, { key, kind, parent, fields: { ...own.get(key)?.fields, ...fields } });
    }
    if (own.size > 0) said.set(rule.id, own);
  }
  return new Map([...said].map(([id, own]) => [id, [...own.values()]]));
}
