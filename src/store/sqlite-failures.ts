import { BadInput, NeedsAttention, NotNow } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { storeSays } from '#src/i18n/store.ts';

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(codeOf(error));
}

/** What a person can do about a failure of SQLite, or of the file system below it. */
export function explainSqlite(error: unknown, path: string): unknown {
  const code = codeOf(error);
  const cause = { cause: error };
  if (isBusy(error)) return new NotNow(said(storeSays.busy, { where: path }), cause);
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return new BadInput(said(storeSays.full, { path }), cause);
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS)/.test(code)) {
    return new BadInput(said(storeSays.notWritable, { path, code }), cause);
  }
  if (/^(EEXIST|ENOTDIR|ENOENT|ENAMETOOLONG|ELOOP)/.test(code)) {
    return new BadInput(said(storeSays.noFolder, { path, code }), cause);
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return new NeedsAttention(said(storeSays.damaged, { path }), cause);
  if (/^SQLITE_IOERR|^EIO/.test(code)) return new NotNow(said(storeSays.diskFailed, { path, code }), cause);
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
