import { Parser } from 'htmlparser2';
import { Sick } from '../sickness.ts';

/** Deeper than any page or feed: what is deeper is meant to exhaust whoever reads it. */
const DEEPEST = 512;

/**
 * Looking into a document takes time that grows with the square of its depth.
 * @throws Sick for one that is absurdly deep.
 */
export function refuseDeep(text: string, expected: 'html' | 'feed'): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        depth += 1;
        if (depth > DEEPEST) throw new Sick({ why: 'unreadable', expected });
      },
      onclosetag: () => {
        depth -= 1;
      },
    },
    { xmlMode: expected === 'feed' },
  );
  parser.end(text);
}
