import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NeedsAttention } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { metricsErrors } from '#src/i18n/metrics.ts';

const FILES = ['400Regular/SourceSans3_400Regular.ttf', '600SemiBold/SourceSans3_600SemiBold.ttf'];

/**
 * The font with which pictures are drawn: it comes with Jalon, since a bare machine has none.
 * @throws NeedsAttention when a file is missing, since the texts of a picture would silently vanish.
 */
export function shippedFonts(): { readonly files: readonly string[]; readonly family: string } {
  const files = FILES.map((file) =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${file}`)),
  );
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new NeedsAttention(said(metricsErrors.fontMissing, missing));
  return { files, family: 'Source Sans 3' };
}
