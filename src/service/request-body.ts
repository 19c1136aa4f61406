import type { Time } from '#src/workspaces/gate/time.ts';

export interface BodyLimits {
  readonly maxBytes: number;
  /** All bodies together that are being read: whoever opens many connections must not fill the memory. */
  readonly maxHeldBytes: number;
  /** From the first byte to the last. */
  readonly timeoutMs: number;
  readonly time: Time;
}

/** Why there is no body: `cut`, the sender has gone; `busy`, too much is being read just now, or we are stopping. */
export type NoBody = 'tooLarge' | 'tooSlow' | 'cut' | 'busy';

/** How such a sender is answered. */
export const NO_BODY_STATUS = { tooLarge: 413, tooSlow: 408, cut: 400, busy: 503 } as const satisfies Record<
  NoBody,
  number
>;

export interface BodyReader {
  /** The bytes as they came. Never rejects. */
  read(request: Request): Promise<Uint8Array | NoBody>;
  /** Gives up what is being read. */
  stop(): void;
}

/** Reads the bodies that strangers send. */
export function bodyReader({ maxBytes, maxHeldBytes, timeoutMs, time }: BodyLimits): BodyReader {
  const stopped = Promise.withResolvers<'busy'>();
  let heldBytes = 0;

  const collect = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | NoBody> => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return Buffer.concat(chunks);
        bytes += value.byteLength;
        heldBytes += value.byteLength;
        if (bytes > maxBytes) return 'tooLarge';
        if (heldBytes > maxHeldBytes) return 'busy';
        chunks.push(value);
      }
    } catch {
      return 'cut';
    } finally {
      heldBytes -= bytes;
    }
  };

  return {
    async read(request) {
      if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return 'tooLarge';
      if (!request.body) return new Uint8Array();
      const tooSlow = Promise.withResolvers<'tooSlow'>();
      const cancelTimer = time.after(timeoutMs, () => tooSlow.resolve('tooSlow'));
      const reader = request.body.getReader();
      try {
        return await Promise.race([collect(reader), tooSlow.promise, stopped.promise]);
      } finally {
        cancelTimer();
        // Ends the collecting too, when it has lost the race. The sender may have gone already.
        reader.cancel().catch(() => undefined);
      }
    },
    stop: () => stopped.resolve('busy'),
  };
}
