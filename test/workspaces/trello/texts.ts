import fc from 'fast-check';

/** Pieces of which people, editors and mischief make descriptions. */
const PIECES = [
  '\n',
  '\r\n',
  ' ',
  '  ',
  '\u00a0',
  '\u2028',
  '\\',
  '\\\\',
  '`',
  '*',
  '**',
  '_',
  '#',
  '### Notes',
  '\n### Notes\n',
  '\n**Livrable :**\n',
  '\n## Sources\n',
  '\n- ',
  '- **Version\u00a0:** 3',
  'Version : 4',
  '](',
  '[x](https://example.org/a)',
  '[https://example.org](https://example.org "smartCard-inline")',
  '`jalon-ref:a/b`',
  'jalon-ref:',
  '(La suite est trop longue pour Trello.)',
  '*(The rest is too long for Trello.)*',
  'Exigé par la loi',
  '**Exigé par la loi**',
  'é',
  '漢',
  '👩‍🚒',
  '\ud800',
  '\u0000',
  '12/01/2027',
  'oui',
];

/** Any text, made rather of what could be taken for something else. */
export const anyText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''));

export const aKey = fc.oneof(
  fc.constantFrom('comprendre/date-entree-en-vigueur', 'tools-and-flows:erp', 'a/b#c'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((key) => key.toWellFormed()),
);
