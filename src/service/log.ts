import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { explain, JalonError } from '#src/errors.ts';
import { redactor } from '#src/workspaces/redact.ts';

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
