import type { OutgoingMessage, Recipients } from '#src/plan/outgoing-message.ts';
import type { Effect } from './acts.ts';
import { causeId, digestOf } from './causes.ts';
import type { Firing } from './firing.ts';
import type { Situation } from './situation.ts';

/**
 * What rules have to tell, one message for each rule and those it tells: ten tasks that open at once are ten lines, not
 * ten messages.
 */
export function messagesOf(
  firings: readonly Firing[],
  { team, today }: Situation,
): readonly OutgoingMessage[] {
  const letters = new Map<string, { readonly to: Recipients; readonly told: Told[] }>();
  for (const firing of firings) {
    for (const effect of firing.effects) {
      if (effect.kind !== 'tell') continue;
      const name = JSON.stringify([firing.rule.id, effect.to]);
      const letter = letters.get(name) ?? { to: effect.to, told: [] };
      letters.set(name, letter);
      letter.told.push({ firing, effect });
    }
  }
  return [...letters.values()].map(({ to, told }) => {
    const [
      {
        firing: { rule },
      },
    ] = told as [Told];
    const causes = told.map(({ firing }) => causeId(firing.cause, today));
    return {
      key: `rule:${rule.id}:${digestOf(JSON.stringify([to, ...causes]))}`,
      kind: 'automation',
      to,
      locale: team.locale,
      subject: `${team.company} · ${rule.title[team.locale]}`,
      blocks: [{ kind: 'list', lines: told.map(({ effect: { text, link } }) => ({ text, link })) }],
    };
  });
}

interface Told {
  readonly firing: Firing;
  readonly effect: Extract<Effect, { kind: 'tell' }>;
}
