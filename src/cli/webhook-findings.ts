import { said } from '#src/i18n/message.ts';
import { webhookMessages as words } from '#src/i18n/webhooks.ts';
import {
  type Handshake,
  NOTION_WEBHOOK_PATH,
  readWebhookNotes,
  type WebhookNotes,
} from '#src/service/webhook-notes.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';
import type { ChosenProject, Context } from './context.ts';
import { invocation } from './invocation.ts';

export interface WebhookState {
  readonly findings: readonly Diagnosis[];
  /** What sets the webhook up, for scripts. Only when it was asked for: the token is in it. */
  readonly setup?: WebhookSetup;
}

interface WebhookSetup {
  readonly url: string | null;
  readonly verificationToken: string | null;
  /** When the token arrived, as an ISO instant. */
  readonly receivedAt: string | null;
}

/**
 * The state of the webhooks of Notion; nothing where nobody uses them. `asked`: with all that one needs to set them
 * up, and only then the token that waits to be pasted.
 */
export async function webhookState(
  context: Context,
  chosen: readonly ChosenProject[],
  asked: boolean,
): Promise<WebhookState> {
  const tokens = context.environment.notion.webhookTokens;
  const isUsed = tokens.length > 0 || chosen.some(uses('notion'));
  // Who asks and uses neither is told of the one that has to be set up by hand.
  if (!isUsed && (!asked || chosen.some(uses('trello')))) return { findings: [] };
  const notes = await notesOf(context);
  if (!notes) return { findings: [] };
  const pending = notes.handshake && !tokens.includes(notes.handshake.token) ? notes.handshake : undefined;
  if (asked) return setupState(context, notes, pending);
  const findings = [standing(context, notes)];
  if (pending) findings.push(pendingFinding(context, pending.at));
  return { findings };
}

function setupState(context: Context, notes: WebhookNotes, pending: Handshake | undefined): WebhookState {
  const url = addressOf(context);
  const before = context.environment.notion.webhookTokens.length > 0 ? [standing(context, notes)] : [];
  return {
    findings: [...before, addressFinding(url), tokenFinding(context, pending)],
    setup: {
      url: url ?? null,
      verificationToken: pending?.token ?? null,
      receivedAt: pending?.at ?? null,
    },
  };
}

function uses(kind: 'notion' | 'trello'): (project: ChosenProject) => boolean {
  return ({ source }) => source.project.workspaces.some((workspace) => workspace.kind === kind);
}

/** A store that does not open is told of elsewhere. */
async function notesOf(context: Context): Promise<WebhookNotes | undefined> {
  try {
    return await readWebhookNotes(await context.store());
  } catch {
    return undefined;
  }
}

function standing({ environment }: Context, { lastEventAt }: WebhookNotes): Diagnosis {
  const command = howToAsk();
  if (environment.notion.webhookTokens.length === 0)
    return { level: 'ok', said: said(words.off, { command }) };
  if (lastEventAt === undefined) return { level: 'warning', said: said(words.silent, { command }) };
  const { timeZone } = environment;
  return { level: 'ok', said: said(words.heard, { at: lastEventAt, timeZone }) };
}

function pendingFinding({ environment: { timeZone } }: Context, at: string): Diagnosis {
  return { level: 'warning', said: said(words.pending, { at, timeZone, command: howToAsk() }) };
}

function tokenFinding(context: Context, pending: Handshake | undefined): Diagnosis {
  if (!pending) return { level: 'ok', said: said(words.noToken) };
  const { timeZone } = context.environment;
  return { level: 'ok', said: said(words.token, { ...pending, timeZone }) };
}

function addressFinding(url: string | undefined): Diagnosis {
  if (url === undefined) return { level: 'warning', said: said(words.noAddress) };
  if (!url.startsWith('https:')) return { level: 'warning', said: said(words.insecureAddress, { url }) };
  return { level: 'ok', said: said(words.address, { url }) };
}

function addressOf({ environment: { publicUrl } }: Context): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}${NOTION_WEBHOOK_PATH}`;
}

function howToAsk(): string {
  return `${invocation()} doctor --webhooks`;
}
