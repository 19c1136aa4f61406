/** What the gate and the transports know of time: handed in, so that a test turns the hands itself. */
export interface Time {
  /** Milliseconds since 1970. Never goes back. */
  now(): number;
  /** Calls `run` once, `ms` from now, or earlier when `ms` is very long: look at `now` again. Returns how to cancel. */
  after(ms: number, run: () => void): () => void;
}

/** Longer delays make `setTimeout` fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The machine's time. It runs on from when the process began and does not follow corrections of the wall clock:
 * an hour set back would otherwise leave a rate window full for an hour.
 */
export const machineTime: Time = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, Math.ceil(ms)), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Resolves once `ms` have passed. Rejects with the signal's reason when it is aborted before. */
export function sleep(time: Time, ms: number, signal?: AbortSignal): Promise<void> {
  const due = time.now() + ms;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let cancel = () => {};
    const giveUp = () => {
      cancel();
      reject(signal?.reason);
    };
    const look = () => {
      const left = due - time.now();
      if (left > 0) {
        cancel = time.after(left, look);
        return;
      }
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    look();
  });
}
