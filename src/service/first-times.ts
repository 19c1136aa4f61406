/** How many are remembered: a delivery is repeated for up to a day. One that is forgotten costs one look. */
const MOST_REMEMBERED = 10_000;

/** Tells whether an id is heard of for the first time. */
export function firstTimes(most = MOST_REMEMBERED): (id: string) => boolean {
  const remembered = new Set<string>();
  return (id) => {
    if (remembered.has(id)) return false;
    remembered.add(id);
    const [oldest] = remembered;
    if (remembered.size > most && oldest !== undefined) remembered.delete(oldest);
    return true;
  };
}
