const MASK = '[secret]';
/** Shorter values are ordinary words: masking them would only blur the text. */
const SHORTEST_SECRET = 6;

/** Replaces every secret, also as it stands in a URL, in JSON and in base64. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((line, form) => line.replaceAll(form, MASK), text);
}
