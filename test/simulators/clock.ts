/** A clock that stands still until a test moves it. */
export function clockAt(iso: string): { now: () => Date; pass: (ms: number) => void } {
  let at = Date.parse(iso);
  return {
    now: () => new Date(at),
    pass: (ms) => {
      at += ms;
    },
  };
}
