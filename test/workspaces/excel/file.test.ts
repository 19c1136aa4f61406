import { spawn } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadInput, NeedsAttention, NotNow } from '#src/errors.ts';
import { partsEdited } from './person.ts';
import { DATES, desk, deskIn, FLOWS, fieldOf, ITEMS, update } from './project.ts';

const edit = update(FLOWS, { notes: 'Relancé' });
const edited = ITEMS.map((one) => (one === FLOWS ? edit.item : one));

async function failure(
  action: Promise<unknown>,
): Promise<Error & { said?: (locale: 'fr' | 'en') => string }> {
  return action.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );
}

/** Where the headers of a zip file tell the size of a part. */
function entriesOf(bytes: Buffer, part: string): readonly number[] {
  const sizes: number[] = [];
  for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1)) {
    if (bytes.readUInt32LE(at - 30) === 0x04034b50) sizes.push(at - 30 + 22);
    if (bytes.readUInt32LE(at - 46) === 0x02014b50) sizes.push(at - 46 + 24);
  }
  return sizes;
}

describe('a workbook that is open elsewhere', () => {
  it('is written later, and the error says who holds it', async () => {
    const own = desk();
    await own.write();
    const before = readFileSync(own.file);
    writeFileSync(
      join(own.folder, `.~lock.${basename(own.file)}#`),
      'Claire Durand,claire,poste-3,23.11.2026 09:00,file:///home/claire;',
    );

    const error = await failure(own.write(edited, [edit.change]));

    expect(error).toBeInstanceOf(NotNow);
    expect(error.said?.('fr')).toContain('Claire Durand (poste-3)');
    expect(readFileSync(own.file)).toEqual(before);
    expect((await own.read()).items).toHaveLength(ITEMS.length);
  });

  it('is recognised by the lock of Excel too', async () => {
    const own = desk();
    await own.write();
    const owner = Buffer.alloc(165, 0x20);
    owner.writeUInt8(6, 0);
    owner.write('Claire', 1, 'latin1');
    owner.writeUInt8(6, 55);
    owner.writeUInt8(0, 56);
    owner.write('Claire', 57, 'utf16le');
    writeFileSync(join(own.folder, `~$${basename(own.file)}`), owner);

    const error = await failure(own.write(edited, [edit.change]));

    expect(error).toBeInstanceOf(NotNow);
    expect(error.said?.('en')).toContain('(Claire)');
  });

  it('is written all the same once the lock has been forgotten for days', async () => {
    const own = desk();
    await own.write();
    const lock = join(own.folder, `.~lock.${basename(own.file)}#`);
    writeFileSync(lock, 'Claire,claire,poste-3,,');
    const days = Date.now() / 1000 - 4 * 86_400;
    utimesSync(lock, days, days);

    const written = await own.write(edited, [edit.change]);

    expect(written).toHaveLength(1);
  });

  it('is not written over when someone has saved it since it was read', async () => {
    const own = desk();
    await own.write();
    await own.read();
    await partsEdited(own.file, async (parts) => parts.set('xl/own.xml', '<own/>'));
    const saved = readFileSync(own.file);

    const error = await failure(own.write(edited, [edit.change]));

    expect(error).toBeInstanceOf(NotNow);
    expect(readFileSync(own.file)).toEqual(saved);
    expect(readdirSync(own.folder)).toEqual([basename(own.file)]);
  });
});

describe('a damaged workbook', () => {
  it('is said to have copies only once it has', async () => {
    const own = desk();
    await own.write();
    const whole = readFileSync(own.file);
    writeFileSync(own.file, whole.subarray(0, 500));
    const first = await failure(own.read());
    writeFileSync(own.file, whole);
    await own.read();
    await own.write(edited, [edit.change]);
    writeFileSync(own.file, whole.subarray(0, 500));

    const later = await failure(own.read());

    expect(first.said?.('fr')).not.toContain(own.copies);
    expect(first.said?.('fr')).toContain('Jalon le reconstruira');
    expect(later.said?.('fr')).toContain(own.copies);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 900)],
    ['empty', () => Buffer.alloc(0)],
    ['a text file', () => Buffer.from('Nom;Date\nCaisse;12/01/2027\n')],
    ['a zip file of something else', () => Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')],
    [
      'protected by a password',
      () =>
        Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)]),
    ],
    [
      'hit by a bad disk',
      (bytes: Buffer) => {
        const copy = Buffer.from(bytes);
        copy.fill(0xff, 700, 760);
        return copy;
      },
    ],
  ])('that is %s is refused, never half read', async (_, damage) => {
    const own = desk();
    await own.write();
    const damaged = damage(readFileSync(own.file));
    writeFileSync(own.file, damaged);

    const onRead = await failure(own.read());
    own.memory.values.clear();
    const onWrite = await failure(own.write(edited, [edit.change]));

    for (const error of [onRead, onWrite]) {
      expect(error).toBeInstanceOf(NeedsAttention);
      expect(error.said?.('fr')).toContain(own.file);
      expect(error.said?.('fr')).toContain('Jalon le reconstruira');
    }
    expect(readFileSync(own.file)).toEqual(damaged);
    expect((await own.workspace.check())[0]?.level).toBe('error');
  });

  it.each([
    ['sheet', 'xl/worksheets/sheet2.xml'],
    ['list of sheets', 'xl/workbook.xml'],
    ['styles', 'xl/styles.xml'],
  ])('whose %s is broken off is refused', async (_, part) => {
    const own = desk();
    await own.write();
    await partsEdited(own.file, async (parts) => parts.set(part, (await parts.text(part)).slice(0, -200)));

    const error = await failure(own.read());

    expect(error).toBeInstanceOf(NeedsAttention);
  });

  it.each([
    ['says that it unpacks to gigabytes', 3_000_000_000],
    ['unpacks to more than it says', 1_000],
  ])('that %s is refused before it fills the memory', async (_, claim) => {
    const own = desk();
    await own.write();
    const bytes = readFileSync(own.file);
    for (const at of entriesOf(bytes, 'xl/worksheets/sheet2.xml')) bytes.writeUInt32LE(claim, at);
    writeFileSync(own.file, bytes);

    const error = await failure(own.read());

    expect(error).toBeInstanceOf(NeedsAttention);
  });

  it('whose parts share their bytes, as in a small file that unpacks to a whole disk, is refused', async () => {
    const own = desk();
    await own.write();
    const bytes = readFileSync(own.file);
    const [first = 0, second = 0] = ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'].map((part) =>
      bytes.lastIndexOf(part),
    );
    // From its checksum to its sizes, and its place: as the directory says it of the other.
    bytes.copy(bytes, second - 46 + 16, first - 46 + 16, first - 46 + 28);
    bytes.copy(bytes, second - 46 + 42, first - 46 + 42, first - 46 + 46);
    writeFileSync(own.file, bytes);

    const error = await failure(own.read());

    expect(error).toBeInstanceOf(NeedsAttention);
  });

  it('that expands entities without end is refused', async () => {
    const own = desk();
    await own.write();
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&b;jalon:</t></is></c></row></sheetData></worksheet>';
    await partsEdited(own.file, async (parts) => parts.set('xl/worksheets/sheet2.xml', bomb));

    const error = await failure(own.read());

    expect(error).toBeInstanceOf(NeedsAttention);
  });
});

describe('a place that cannot be written', () => {
  it('is told with the folder and how to mend it', async () => {
    const own = desk();
    writeFileSync(join(own.folder, 'a-file'), '');
    const blocked = deskIn(own.folder, 'a-file/plan.xlsx');

    const error = await failure(blocked.write());

    expect(error).toBeInstanceOf(BadInput);
    expect(error.said?.('fr')).toContain('a-file');
    expect((await blocked.workspace.check())[0]?.level).toBe('error');
  });

  it('is told when the folder cannot be made', async () => {
    const blocked = deskIn('/proc/jalon', 'plan.xlsx');

    const error = await failure(blocked.write());

    expect(error).toBeInstanceOf(BadInput);
    expect(error.said?.('en')).toContain('/proc/jalon');
  });

  it('is told when a folder stands where the workbook should be', async () => {
    const own = desk();
    mkdirSync(own.file);

    const error = await failure(own.read());

    expect(error).toBeInstanceOf(BadInput);
  });
});

describe('a run that was killed', () => {
  it('has left a file beside the workbook, which the next write takes away', async () => {
    const own = desk();
    await own.write();
    const orphan = join(own.folder, `.${basename(own.file)}.99999999.deadbeef.jalon-tmp`);
    writeFileSync(orphan, 'half');

    await own.write(edited, [edit.change]);

    expect(readdirSync(own.folder).sort()).toEqual(['boulangerie-martin.xlsx', 'copies']);
  });

  it('leaves a whole workbook at whatever moment it dies', async () => {
    const own = desk();
    await own.write();
    const script = join(import.meta.dirname, 'write-for-ever.ts');

    for (let round = 0; round < 5; round += 1) {
      const child = spawn(process.execPath, [script, own.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, 40 + round * 57));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      own.memory.values.clear();
      const reading = await own.read();
      expect(reading.complete).toBe(true);
      expect(reading.items).toHaveLength(ITEMS.length);
      expect(fieldOf(reading, DATES.key, 'status')).toBe('doing');
    }
    const last = update(FLOWS, { notes: 'Fin' });
    await own.write([...ITEMS.filter((one) => one !== FLOWS), last.item], [last.change]);

    expect(readdirSync(own.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  }, 30_000);
});

describe('the file itself', () => {
  it('stays behind a link that leads to it', async () => {
    const own = desk();
    await own.write();
    const linked = deskIn(own.folder, 'lien.xlsx');
    symlinkSync(own.file, linked.file);

    await linked.write(edited, [edit.change]);

    expect(fieldOf(await own.read(), FLOWS.key, 'notes')).toBe('Relancé');
    expect(statSync(linked.file).ino).toBe(statSync(own.file).ino);
  });

  it('is built again from what was agreed when it has been deleted', async () => {
    const own = desk();
    await own.write();
    rmSync(own.file);

    const gone = await own.read();
    await own.write(ITEMS, []);
    const reading = await own.read();

    expect(gone.missing).toBe(true);
    expect(reading.complete).toBe(true);
    expect(reading.items).toHaveLength(ITEMS.length);
  });

  it('is checked without being touched', async () => {
    const own = desk();
    const before = await own.workspace.check();
    await own.write();
    const stamp = statSync(own.file).mtimeMs;

    const after = await own.workspace.check();

    expect(before[0]?.said('en')).toContain('will be created');
    expect(after).toMatchObject([{ level: 'ok' }]);
    expect(statSync(own.file).mtimeMs).toBe(stamp);
  });
});
