import { readFileSync } from 'node:fs';
import { type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { expect } from 'vitest';

/** A workbook as what it is: a zip file of parts. Read without any code of Jalon. */
export type Parts = ReadonlyMap<string, Uint8Array>;

export async function partsOf(file: string): Promise<Parts> {
  const reader = new ZipReader(new Uint8ArrayReader(readFileSync(file)));
  const entries = (await reader.getEntries()).filter((entry): entry is FileEntry => !entry.directory);
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    parts.set(entry.filename, await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }));
  }
  return parts;
}

export function textOf(parts: Parts, name: string): string {
  return new TextDecoder().decode(parts.get(name));
}

/** Names of the parts that differ, are new, or are gone. */
export function differing(before: Parts, after: Parts): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  const same = (name: string) => {
    const [a, b] = [before.get(name), after.get(name)];
    return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
  };
  return [...names].filter((name) => !same(name)).sort();
}

/** The cells of a sheet by their reference, each as its XML, and the rest of the sheet's XML without them. */
export function dissect(xml: string): { readonly cells: ReadonlyMap<string, string>; readonly rest: string } {
  const cells = new Map<string, string>();
  const rest = xml.replace(/<c\b[^>]*?(?:\/>|>.*?<\/c>)/gs, (cell) => {
    const at = /\br="([A-Z]+\d+)"/.exec(cell)?.[1] ?? '';
    cells.set(at, cell);
    return '';
  });
  return { cells, rest };
}

/** The references of the cells that differ; all else in the sheets must be the same, but for what `forgive` takes out. */
export function changedCells(
  before: string,
  after: string,
  forgive: (rest: string) => string = (rest) => rest,
): readonly string[] {
  const [a, b] = [dissect(before), dissect(after)];
  expect(firstDifference(forgive(a.rest), forgive(b.rest))).toEqual(['', '']);
  const names = new Set([...a.cells.keys(), ...b.cells.keys()]);
  return [...names].filter((name) => a.cells.get(name) !== b.cells.get(name)).sort();
}

/** A stretch around the first place where two texts differ; empty when they are the same. */
function firstDifference(a: string, b: string): readonly [string, string] {
  if (a === b) return ['', ''];
  let at = 0;
  while (a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 80);
  return [a.slice(from, at + 120), b.slice(from, at + 120)];
}

/** The part that holds the sheet of that name. */
export function sheetPart(parts: Parts, name: string): string {
  const workbook = textOf(parts, 'xl/workbook.xml');
  const tag =
    [...workbook.matchAll(/<sheet\b[^>]*>/g)]
      .map(([one]) => one)
      .find((one) => one.includes(`name="${name}"`)) ?? '';
  const id = /\b\w+:id="([^"]+)"/.exec(tag)?.[1] ?? '';
  const rels = textOf(parts, 'xl/_rels/workbook.xml.rels');
  const rel =
    [...rels.matchAll(/<Relationship\b[^>]*>/g)]
      .map(([one]) => one)
      .find((one) => one.includes(`Id="${id}"`)) ?? '';
  const target = /Target="([^"]+)"/.exec(rel)?.[1] ?? '';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}
