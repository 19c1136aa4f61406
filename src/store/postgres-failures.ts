import { BadInput, JalonError, NotNow, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { storeSays } from '#src/i18n/store.ts';

/** Neither our schema nor its table of versions is there: nothing was ever stored in this database. */
export function isMissingSchema(error: unknown): boolean {
  return ['42P01', '3F000'].includes(codeOf(error));
}

/** What a person can do about a failure of PostgreSQL, or of the way to it. `where` holds no password. */
export function explainPostgres(error: unknown, where: string): unknown {
  if (error instanceof JalonError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  if (/^(28|42501)/.test(code)) {
    return new Refused(said(storeSays.databaseRefused, { where, reason: error.message }), cause);
  }
  if (code === '3D000') return new BadInput(said(storeSays.noDatabase, { where }), cause);
  if (/^(53100|25006)/.test(code)) {
    return new BadInput(said(storeSays.databaseNotWritable, { where, reason: error.message }), cause);
  }
  if (isOutOfReach(error, code)) {
    return new NotNow(said(storeSays.databaseOutOfReach, { where, reason: reasonOf(error) }), cause);
  }
  return error;
}

/**
 * Connection failures (class 08), too many connections and other limits (53), shutdowns and restarts (57P), lost
 * races (40), and whatever the network says. `pg` gives no code to a time-out or to a connection cut in the middle.
 */
function isOutOfReach(error: Error, code: string): boolean {
  if (/^(08|53|57P|40|55P03)/.test(code)) return true;
  if (/^(E[A-Z]+|(ERR_(SSL|TLS)|CERT|UNABLE_TO)_.*|.*_CERT.*)$/.test(code)) return true;
  return /^(timeout e|Connection terminated)/.test(error.message);
}

/** Several addresses tried in vain come as one error without a message of its own. */
function reasonOf(error: Error): string {
  return error.message || codeOf(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
