import type { Package } from './package.ts';
import { relationshipsOf, relationshipsPart } from './relationships.ts';
import { childrenOf, parseXml, Splices } from './xml.ts';

/**
 * Takes cells off Excel's list of the cells that hold a formula: it asks to repair a workbook whose list names a
 * cell that has none. `sheet` is the sheet's number in the workbook. A formula that the list lacks does no harm.
 */
export async function forgetFormulas(
  pack: Package,
  workbook: string,
  sheet: string | undefined,
  cells: readonly string[],
): Promise<void> {
  if (cells.length === 0) return;
  const chain = (await relationshipsOf(pack, workbook)).find(({ type }) => type === 'calcChain')?.target;
  if (chain === undefined || !pack.has(chain)) return;
  const text = await pack.text(chain);
  const shorter = withoutCells(text, sheet, new Set(cells));
  if (shorter === undefined) await dropPart(pack, workbook, chain);
  else if (shorter !== text) pack.set(chain, shorter);
}

/** `undefined` when nothing is left. */
function withoutCells(
  text: string,
  sheet: string | undefined,
  gone: ReadonlySet<string>,
): string | undefined {
  const splices = new Splices();
  let current: string | undefined;
  let before: string | undefined;
  let left = 0;
  for (const cell of childrenOf(parseXml(text), 'c')) {
    // A cell that names no sheet stands in that of the cell before it, which may be the one that goes.
    current = cell.attributes.i ?? current;
    if (current === sheet && gone.has(cell.attributes.r ?? '')) {
      splices.replace(cell.start, cell.end, '');
      continue;
    }
    if (current !== undefined && current !== before && cell.attributes.i === undefined) {
      splices.attribute(text, cell, 'i', current);
    }
    before = current;
    left += 1;
  }
  return left === 0 ? undefined : splices.apply(text);
}

/** An empty list would be an error too: then the part goes, with all that points at it. */
async function dropPart(pack: Package, workbook: string, part: string): Promise<void> {
  pack.delete(part);
  for (const name of ['[Content_Types].xml', relationshipsPart(workbook)]) {
    const text = await pack.text(name);
    const pointer = parseXml(text).children.find(({ attributes }) => {
      const target = attributes.PartName ?? attributes.Target ?? '';
      return target === `/${part}` || part.endsWith(`/${target}`);
    });
    if (pointer) pack.set(name, text.slice(0, pointer.start) + text.slice(pointer.end));
  }
}
