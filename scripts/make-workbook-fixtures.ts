/**
 * Makes test/fixtures/workbooks/libreoffice.xlsx: a workbook that Jalon has written and that a team has then
 * rearranged and saved in LibreOffice (sorted, renamed, a column inserted and one hidden, rows of its own, a
 * sheet with a chart, a pivot table and a name, a comment, a conditional format, a drop-down).
 *
 *     apt-get install libreoffice-calc python3-uno
 *     node scripts/make-workbook-fixtures.ts
 *
 * The tests only read the result: they need neither LibreOffice nor Python.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskIn } from '../test/workspaces/excel/project.ts';

const target = join(import.meta.dirname, '../test/fixtures/workbooks/libreoffice.xlsx');
const folder = mkdtempSync(join(tmpdir(), 'jalon-fixtures-'));
const desk = deskIn(folder);
await desk.write();

mkdirSync(join(target, '..'), { recursive: true });
const office = spawn(
  'soffice',
  [
    '--headless',
    '--norestore',
    `-env:UserInstallation=file://${folder}/profile`,
    '--accept=pipe,name=jalon;urp;',
  ],
  { stdio: 'ignore' },
);
const script = join(import.meta.dirname, 'workbook-fixtures.py');
const played = spawnSync('/usr/bin/python3', [script, desk.file, target], { stdio: 'inherit' });
office.kill();
rmSync(folder, { recursive: true, force: true });
process.exitCode = played.status ?? 1;
