const PAID = new Set(['isStandard', 'isPremium', 'isEnterprise']);

/**
 * Whether the plan of a workspace has custom fields, by the features that it tells of itself or of its boards.
 * `undefined`: it does not tell, and an empty list tells as little.
 */
export function hasCustomFields(features: readonly string[] | undefined): boolean | undefined {
  if (!features || features.length === 0) return undefined;
  return features.some((feature) => PAID.has(feature));
}
