import { type Reaction, react } from '#src/automations/react.ts';
import type { Situation, Team } from '#src/automations/situation.ts';
import type { ActiveRule } from '#src/plan/automation.ts';
import type { Fields, Item, Value } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { type Happening, voice } from '#src/reconcile/replica.ts';
import { agreedOn } from '../builders/items.ts';
import { aTemplate, isHoliday } from '../builders/template.ts';

/** A team whose people act, one cycle after the other, with rules that react. What they do is told as a place would. */
export class Office {
  rules: readonly ActiveRule[];
  /** A Monday. */
  today = '2027-02-01';
  agreed: ReadonlyMap<string, Item>;
  team: Team;
  kpis: ReadonlyMap<string, number | null> = new Map();
  readonly memory = new Map<string, string>();
  #before: ReadonlyMap<string, Item>;
  #happenings: Happening[] = [];

  constructor(rules: readonly ActiveRule[], ...items: readonly Item[]) {
    this.rules = rules;
    this.agreed = agreedOn(...items);
    this.#before = this.agreed;
    this.team = {
      company: 'Boulangerie Martin',
      profile: 'small',
      locale: 'fr',
      people: { lead: 'Claire', helper: 'Paul' },
      template: aTemplate(),
      isHoliday,
    };
  }

  /** Someone gives an item another value. */
  does(key: string, fields: Fields, actor = 'trello:board'): this {
    const item = this.item(key);
    this.agreed = new Map(this.agreed).set(key, { ...item, fields: { ...item.fields, ...fields } });
    for (const [field, value] of Object.entries(fields)) this.#tell('changed', item, field, value, actor);
    return this;
  }

  adds(item: Item, actor = 'trello:board'): this {
    this.agreed = new Map(this.agreed).set(item.key, item);
    this.#happenings.push({ kind: 'created', key: item.key, field: null, actor, old: null, new: null });
    return this;
  }

  archives(key: string): this {
    this.does(key, { archived: true });
    const last = this.#happenings.pop();
    if (last) this.#happenings.push({ ...last, kind: 'archived' });
    return this;
  }

  situation(): Situation {
    return {
      rules: this.rules,
      before: this.#before,
      agreed: this.agreed,
      happenings: this.#happenings,
      places: new Set(['trello:board']),
      today: this.today,
      at: `${this.today}T08:00:00Z`,
      remembered: (name) => this.memory.get(name),
      kpis: this.kpis,
      team: this.team,
    };
  }

  /** Ends the cycle: what the rules say is agreed and remembered. */
  cycle(today = this.today): Reaction {
    this.today = today;
    const reaction = react(this.situation());
    const voices = [...reaction.said].map(([id, items]) => voice(`rule:${id}`, items));
    this.agreed = reconcile(this.agreed, voices).agreed;
    for (const { name, value } of reaction.marks) this.memory.set(name, value);
    this.#before = this.agreed;
    this.#happenings = [];
    return reaction;
  }

  item(key: string): Item {
    const item = this.agreed.get(key);
    if (!item) throw new Error(`there is no ${key}`);
    return item;
  }

  fields(key: string): Fields {
    return this.item(key).fields;
  }

  comments(key: string): readonly Value[] {
    return [...this.agreed.values()]
      .filter((item) => item.kind === 'comment' && item.parent === key)
      .map((item) => item.fields.text ?? null);
  }

  #tell(kind: Happening['kind'], { key, fields }: Item, field: string, value: Value, actor: string): void {
    this.#happenings.push({ kind, key, field, actor, old: fields[field] ?? null, new: value });
  }
}

export function firedRules(reaction: Reaction): readonly string[] {
  return reaction.firings.map(({ rule, item }) => `${rule.id} ${item?.key ?? ''}`.trim());
}
