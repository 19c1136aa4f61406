import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { explain, JalonError } from '#src/errors.ts';

export interface LogOptions {
  readonly level: string;
  /** Names the run in every line. */
  readonly run: string;
  /** Values that must never be written, in whatever form. */
  readonly secrets: readonly string[];
  readonly stream: { write(text: string): unknown };
}

/** One JSON object a line. Secrets are taken out of the finished line, wherever they come from. */
export function createLog({ level, run, secrets, stream }: LogOptions): Logger {
  const redact = redactor(secrets);
  const destination: DestinationStream = { write: (line) => void stream.write(redact(line)) };
  return pino(
    { level, base: { run }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: serializeError } },
    destination,
  );
}

/** What Jalon can explain is one sentence; only the unexpected needs its stack. */
function serializeError(error: Error): unknown {
  if (error instanceof JalonError) return { type: error.name, message: explain(error)('en') };
  return stdSerializers.err(error);
}

const MASK = '[secret]';
/** Shorter values are ordinary words: masking them would only blur the log. */
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
