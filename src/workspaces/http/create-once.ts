import { sleep, type Time } from '../gate/time.ts';

/** What became of a create. `resourceId`: the service says that it has saved, and what. */
type Outcome<T, F> = { readonly kind: 'ok'; readonly value: T } | F;
interface Failed {
  readonly kind: string;
  readonly resourceId?: string | undefined;
}

/**
 * When to look for what an unclear create may have made, in ms after its failure. Notion gives up on a request after
 * at most 60 s, Trello earlier, so that whatever is not there at the last look never will be.
 */
export const LOOKS_MS = [2_000, 10_000, 30_000, 65_000];

export interface Creation<T, F extends Failed> {
  /** Sends the create. */
  send(): Promise<Outcome<T, F>>;
  /** What was made, found by its key; `undefined` when it is not there (yet). */
  find(): Promise<T | undefined>;
  /** What was made, by the id that the service names. Absent: it is looked for like the rest. */
  fetch?(id: string): Promise<T | undefined>;
}

export interface Created<T, F> {
  readonly outcome: Outcome<T, F>;
  /** It was there already: made by a request whose answer was lost. */
  readonly adopted: boolean;
}

/**
 * Creates one thing once. An unclear answer is never followed by the same request: what it may have made is looked
 * for by its key, adopted when it is there, and the create is sent once more only when it surely is not. Where the
 * service says that it has saved, it is believed and nothing is sent again. What is still unclear then stays so, and is for
 * the next run to find.
 */
export async function createOnce<T, F extends Failed>(
  creation: Creation<T, F>,
  time: Time,
  signal?: AbortSignal,
): Promise<Created<T, F>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await creation.send();
    if (outcome.kind !== 'unknown' && outcome.kind !== 'committed') return { outcome, adopted: false };
    const found = (await named(creation, outcome)) ?? (await lookFor(creation, time, signal));
    if (found !== undefined) return { outcome: { kind: 'ok', value: found }, adopted: true };
    if (outcome.kind === 'committed' || attempt > 1) return { outcome, adopted: false };
  }
}

async function named<T>(
  { fetch }: Creation<T, Failed>,
  { kind, resourceId }: Failed,
): Promise<T | undefined> {
  return kind === 'committed' && resourceId !== undefined ? fetch?.(resourceId) : undefined;
}

async function lookFor<T>(
  { find }: Pick<Creation<T, Failed>, 'find'>,
  time: Time,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const failedAt = time.now();
  for (const after of LOOKS_MS) {
    await sleep(time, Math.max(0, failedAt + after - time.now()), signal);
    const found = await find();
    if (found !== undefined) return found;
  }
  return undefined;
}
