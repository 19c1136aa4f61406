/** The numbers by which French companies are known: SIREN (the company), SIRET (one place), the VAT number. */

/** La Poste gave its post offices numbers of its own making: their SIRET follow another rule than Luhn's. */
const LA_POSTE = '356000000';

/** Between groups of digits people type spaces of any width, dots and hyphens. */
const SEPARATORS = /[\s\u00a0\u202f\u2009.-]/g;

/**
 * The nine digits of a SIREN as it is stored, from what a person typed (`552 100 554`, `552.100.554`).
 * `undefined`: not a SIREN, by its length, its characters or its check digit.
 */
export function parseSiren(text: string): string | undefined {
  const digits = text.replace(SEPARATORS, '');
  return /^\d{9}$/.test(digits) && !isZero(digits) && luhnSum(digits) % 10 === 0 ? digits : undefined;
}

/** The fourteen digits of a SIRET, as `parseSiren` does for a SIREN. */
export function parseSiret(text: string): string | undefined {
  const digits = text.replace(SEPARATORS, '');
  if (!/^\d{14}$/.test(digits) || isZero(digits)) return undefined;
  const holds = luhnSum(digits) % 10 === 0 || (digits.startsWith(LA_POSTE) && plainSum(digits) % 5 === 0);
  return holds ? digits : undefined;
}

export function isSiren(text: string): boolean {
  return parseSiren(text) !== undefined;
}

export function isSiret(text: string): boolean {
  return parseSiret(text) !== undefined;
}

/**
 * The VAT number that the rule gives for a SIREN, in any spelling that `parseSiren` accepts. It is a form, not
 * a proof: a company under the franchise may have no VAT number, and a few old ones have letters in their key.
 * `undefined`: not a SIREN.
 */
export function vatNumber(siren: string): string | undefined {
  const digits = parseSiren(siren);
  if (digits === undefined) return undefined;
  const key = (12 + 3 * (Number(digits) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${digits}`;
}

/** `552100554` as people write it, in groups of three that do not break across lines. Anything else is left as it is. */
export function formatSiren(siren: string): string {
  const digits = parseSiren(siren);
  return digits === undefined ? siren : digits.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
}

/** Luhn's sum: every second digit from the right counts double, the digits of a double are added up. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum;
}

function plainSum(digits: string): number {
  return [...digits].reduce((sum, digit) => sum + Number(digit), 0);
}

/** Nine or fourteen zeros satisfy every sum, and are what people type to get past a question. */
function isZero(digits: string): boolean {
  return /^0+$/.test(digits);
}
