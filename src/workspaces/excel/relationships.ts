import type { Package } from './package.ts';
import { attributes, childrenOf, parseXml, Splices } from './xml.ts';

export interface Relationship {
  readonly id: string;
  /** The last word of the type: `worksheet`, `styles`. The rest differs between the dialects of the standard. */
  readonly type: string;
  /** The name of a part, or a URL when it leads out of the workbook. */
  readonly target: string;
  readonly external: boolean;
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';
const EMPTY =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';

/** Where a part keeps its relationships. `''` stands for the workbook file itself. */
export function relationshipsPart(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

export async function relationshipsOf(pack: Package, part: string): Promise<readonly Relationship[]> {
  const name = relationshipsPart(part);
  if (!pack.has(name)) return [];
  return childrenOf(parseXml(await pack.text(name)), 'Relationship').map(({ attributes: a }) => {
    const external = a.TargetMode === 'External';
    const target = a.Target ?? '';
    return {
      id: a.Id ?? '',
      type: (a.Type ?? '').split('/').at(-1) ?? '',
      target: external ? target : resolve(part, target),
      external,
    };
  });
}

/** Adds a relationship, or finds the one that says the same; returns its id. */
export async function relate(pack: Package, part: string, type: string, target: string): Promise<string> {
  const [id = ''] = await addAll(pack, part, type, [target], false);
  return id;
}

/** The ids under which cells of the part may link to these URLs. */
export function relateAll(pack: Package, part: string, urls: readonly string[]): Promise<readonly string[]> {
  return addAll(pack, part, 'hyperlink', urls, true);
}

async function addAll(
  pack: Package,
  part: string,
  type: string,
  targets: readonly string[],
  external: boolean,
): Promise<readonly string[]> {
  const known = [...(await relationshipsOf(pack, part))];
  const added: string[] = [];
  const ids = targets.map((target) => {
    const same = known.find((one) => one.type === type && one.target === target && one.external === external);
    if (same) return same.id;
    const id = freeId(known);
    known.push({ id, type, target, external });
    const written = { Id: id, Type: TYPES + type, Target: external ? target : `/${target}` };
    added.push(`<Relationship${attributes({ ...written, TargetMode: external ? 'External' : undefined })}/>`);
    return id;
  });
  if (added.length > 0) {
    const name = relationshipsPart(part);
    const text = pack.has(name) ? await pack.text(name) : EMPTY;
    const splices = new Splices();
    splices.append(parseXml(text), added.join(''));
    pack.set(name, splices.apply(text));
  }
  return ids;
}

function freeId(known: readonly Relationship[]): string {
  const taken = new Set(known.map(({ id }) => id));
  let number = known.length + 1;
  while (taken.has(`rId${number}`)) number += 1;
  return `rId${number}`;
}

function resolve(part: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  return new URL(target, `file:///${part}`).pathname.slice(1);
}
