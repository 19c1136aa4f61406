/** Round steps for the scale of a chart: 1, 2, 5, 10, 20… */

/** The smallest round step that is no less, and never less than 1. */
export function roundStep(least: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((one) => one * magnitude >= least) ?? 10;
  return Math.max(1, step * magnitude);
}

export interface Scale {
  readonly max: number;
  readonly interval: number;
}

/** From nought to a round number that is no less than `most`, in four or five steps; at least up to 4. */
export function scaleUpTo(most: number): Scale {
  const interval = roundStep(Math.max(4, most) / 5);
  return { max: Math.ceil(Math.max(4, most) / interval) * interval, interval };
}
