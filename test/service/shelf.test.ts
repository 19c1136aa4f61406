import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunningProject } from '#src/service/running-project.ts';
import { createShelf } from '#src/service/shelf.ts';

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-shelf-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'martin.yaml'), text);
  return folder;
}

const opened = (slug: string) => ({ slug }) as RunningProject;

describe('the shelf of projects', () => {
  it('gives all who open a project at once the same one', async () => {
    const shelf = createShelf(folderWith('one'), async (slug) => opened(slug));

    const [one, other] = await Promise.all([shelf.open('martin'), shelf.open('martin')]);

    expect(one).toBe(other);
    expect(await shelf.open('martin')).toBe(one);
  });

  it('opens it again once its file has changed', async () => {
    const folder = folderWith('one');
    const shelf = createShelf(folder, async (slug) => opened(slug));
    const before = await shelf.open('martin');

    writeFileSync(join(folder, 'martin.yaml'), 'another');

    expect(await shelf.open('martin')).not.toBe(before);
  });

  it('tries again after it could not be opened', async () => {
    let fails = true;
    const shelf = createShelf(folderWith('one'), async (slug) => {
      if (fails) throw new Error('not now');
      return opened(slug);
    });
    await expect(shelf.open('martin')).rejects.toThrow('not now');

    fails = false;

    expect(await shelf.open('martin')).toMatchObject({ slug: 'martin' });
  });
});
