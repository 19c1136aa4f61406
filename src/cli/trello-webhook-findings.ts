import { said } from '#src/i18n/message.ts';
import { trelloWebhookMessages as words } from '#src/i18n/trello-webhooks.ts';
import { lastTrelloEventAt, secureTrelloCallbackURL, trelloCallbackURL } from '#src/service/webhook-notes.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';
import type { ChosenProject, Context } from './context.ts';
import { invocation } from './invocation.ts';

export interface TrelloWebhookState {
  readonly findings: readonly Diagnosis[];
  /** What the service needs for its webhooks, for scripts. Only when it was asked for. */
  readonly setup?: TrelloWebhookSetup;
}

interface TrelloWebhookSetup {
  readonly url: string | null;
  /** Whether the secret of an app is configured; the secret itself is shown to nobody. */
  readonly secret: boolean;
}

/**
 * Whether Trello can tell the service of changes; nothing where nobody uses it. `asked`: with all that it takes. How
 * the webhook of each board stands is told with its project.
 */
export async function trelloWebhookState(
  context: Context,
  chosen: readonly ChosenProject[],
  asked: boolean,
): Promise<TrelloWebhookState> {
  const { apiSecrets } = context.environment.trello;
  const hasSecret = apiSecrets.length > 0;
  if (!hasSecret && !chosen.some(usesTrello)) return { findings: [] };
  const lacking = addressLacking(context);
  if (!asked) return { findings: await standing(context, hasSecret, lacking) };
  const url = trelloCallbackURL(context.environment.publicUrl);
  const before = hasSecret && !lacking ? await standing(context, hasSecret, lacking) : [];
  const steps = [
    ...(hasSecret ? [] : [{ level: 'ok' as const, said: said(words.noSecret) }]),
    lacking ?? { level: 'ok' as const, said: said(words.ready, { url: url ?? '' }) },
  ];
  return { findings: [...before, ...steps], setup: { url: url ?? null, secret: hasSecret } };
}

function usesTrello({ source }: ChosenProject): boolean {
  return source.project.workspaces.some(({ kind }) => kind === 'trello');
}

async function standing(
  context: Context,
  hasSecret: boolean,
  lacking: Diagnosis | undefined,
): Promise<readonly Diagnosis[]> {
  const command = `${invocation()} doctor --webhooks`;
  if (!hasSecret) return [{ level: 'ok', said: said(words.off, { command }) }];
  if (lacking) return [lacking];
  // A store that does not open is told of elsewhere.
  const store = await context.store().catch(() => undefined);
  if (!store) return [];
  const at = await lastTrelloEventAt(store);
  if (at === undefined) return [{ level: 'warning', said: said(words.silent, { command }) }];
  return [{ level: 'ok', said: said(words.heard, { at, timeZone: context.environment.timeZone }) }];
}

/** What is wrong with the address under which Trello is to reach us; `undefined`: nothing. */
function addressLacking({ environment: { publicUrl } }: Context): Diagnosis | undefined {
  if (publicUrl === undefined) return { level: 'warning', said: said(words.noAddress) };
  if (secureTrelloCallbackURL(publicUrl) !== undefined) return undefined;
  return { level: 'warning', said: said(words.insecureAddress, { url: publicUrl }) };
}
