import * as z from 'zod';

/** Size categories of décret n° 2008-1354, art. 3, as the reform uses them. */
export const SIZES = ['micro', 'pme', 'eti', 'ge'] as const;
export type Size = (typeof SIZES)[number];

/** VAT regimes that change what a company must do or when. `exonere`: only exempt operations (CGI 261 to 261 E). */
export const VAT_REGIMES = ['franchise', 'simplifie', 'reel-trimestriel', 'reel-mensuel', 'exonere'] as const;
export type VatRegime = (typeof VAT_REGIMES)[number];

/** What is known of a company. `facts` answers the yes/no questions that its template asks. */
export interface Company {
  readonly name: string;
  readonly siren?: string | undefined;
  readonly size: Size;
  readonly vat: VatRegime;
  readonly facts: Readonly<Record<string, boolean>>;
}

export interface Condition {
  readonly size?: readonly Size[] | undefined;
  readonly vat?: readonly VatRegime[] | undefined;
  readonly facts?: Readonly<Record<string, boolean>> | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
}

/** All the keys given must hold. `any` holds when one of its conditions does; an empty condition always holds. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.strictObject({
    size: z.array(z.enum(SIZES)).min(1).optional(),
    vat: z.array(z.enum(VAT_REGIMES)).min(1).optional(),
    facts: z.record(z.string(), z.boolean()).optional(),
    any: z.array(Condition).min(1).optional(),
    not: Condition.optional(),
  }),
);

/** Whether the condition holds for this company. `undefined` (no condition) always holds. */
export function applies(condition: Condition | undefined, company: Company): boolean {
  if (condition === undefined) return true;
  const { size, vat, facts, any, not } = condition;
  if (size && !size.includes(company.size)) return false;
  if (vat && !vat.includes(company.vat)) return false;
  if (facts && Object.entries(facts).some(([fact, wanted]) => (company.facts[fact] ?? false) !== wanted)) {
    return false;
  }
  if (any && !any.some((one) => applies(one, company))) return false;
  return !(not && applies(not, company));
}
