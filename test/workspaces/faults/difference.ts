import type { Json } from '../../simulators/json.ts';

/** Where two values differ, a line for each place, as a person reads it: `content[3].rows[0].Notes: "a" → "b"`. */
export function differences(expected: Json | undefined, actual: Json | undefined, path = ''): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) return ofLists(expected, actual, path);
  if (isBranch(expected) && isBranch(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) =>
      differences(expected[key], actual[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return expected === actual ? [] : [`${path}: ${brief(expected)} → ${brief(actual)}`];
}

/** A list that is longer or shorter is told by what it has too many or too few of. */
function ofLists(expected: readonly Json[], actual: readonly Json[], path: string): string[] {
  if (expected.length === actual.length)
    return expected.flatMap((one, index) => differences(one, actual[index], `${path}[${index}]`));
  const left = actual.map((one) => JSON.stringify(one));
  const missing = expected.filter((one) => {
    const at = left.indexOf(JSON.stringify(one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((one) => `${path} lacks ${brief(one)}`),
    ...left.map((one) => `${path} has besides ${one.slice(0, LONGEST)}`),
  ];
}

const LONGEST = 160;

function brief(value: Json | undefined): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, LONGEST);
}

function isBranch(value: Json | undefined): value is { [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
