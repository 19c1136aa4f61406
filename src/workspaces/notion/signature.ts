import { verifyWebhookSignature } from '@notionhq/client';

/** Whether the body, as it came, was signed with one of the tokens. */
export async function isSignedWith(
  tokens: readonly string[],
  body: Uint8Array,
  signature: string,
): Promise<boolean> {
  const verdicts = await Promise.all(
    tokens.map((verificationToken) => verifyWebhookSignature({ body, signature, verificationToken })),
  );
  return verdicts.includes(true);
}
