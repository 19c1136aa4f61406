#!/usr/bin/env node
import { oldNode } from '../i18n/old-node.ts';

/**
 * Where the published command begins. An older Node would stop at the first import that it does not know, with a
 * SyntaxError about our code: so it is asked first, in words that all of them understand, and only then is the rest
 * loaded.
 */

/** As `engines` in package.json says. */
const LEAST_NODE = 24;
/** EXIT.badInput, which stands in a file that is not to be loaded yet. */
const BAD_INPUT = 2;

function wantsEnglish(): boolean {
  const words = process.argv.slice(2).join(' ');
  const asked = /(?:^| )--locale[= ](\w+)/.exec(words);
  return (asked ? asked[1] : process.env.JALON_LOCALE) === 'en';
}

if (Number.parseInt(process.versions.node, 10) < LEAST_NODE) {
  const say = wantsEnglish() ? oldNode.en : oldNode.fr;
  process.stderr.write(`${say(process.versions.node, LEAST_NODE)}\n`);
  process.exitCode = BAD_INPUT;
} else {
  await import('./main.ts');
}
