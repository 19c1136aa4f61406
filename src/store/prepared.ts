import type Database from 'better-sqlite3';

type Statement = Database.Statement<unknown[]>;

const KEPT_STATEMENTS = 100;

/**
 * Prepares each statement once, and keeps those used last. Memory is why: a statement that is dropped holds tens of
 * kilobytes that the garbage collector does not see, until it happens to come by.
 */
export function preparer(database: Database.Database): (sql: string) => Statement {
  const kept = new Map<string, Statement>();
  return (sql) => {
    const statement = kept.get(sql) ?? database.prepare<unknown[]>(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    if (kept.size > KEPT_STATEMENTS) for (const oldest of kept.keys().take(1)) kept.delete(oldest);
    return statement;
  };
}
