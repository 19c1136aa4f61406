import { BLOCKS_LIMIT, CHILDREN_BYTES_LIMIT, CHILDREN_LIMIT } from './limits.ts';

/**
 * The blocks, in order, in as few requests as Notion allows: by number, by number with those inside them, and by
 * size. A block that is too large on its own goes alone, for Notion to judge.
 */
export function inRequests<Block extends object>(blocks: readonly Block[]): Block[][] {
  const requests: Block[][] = [];
  let current: Block[] = [];
  let weight = { blocks: 0, bytes: 0 };
  for (const block of blocks) {
    const own = { blocks: countBlocks(block), bytes: Buffer.byteLength(JSON.stringify(block)) + 1 };
    const fits =
      current.length < CHILDREN_LIMIT &&
      weight.blocks + own.blocks <= BLOCKS_LIMIT &&
      weight.bytes + own.bytes <= CHILDREN_BYTES_LIMIT;
    if (current.length > 0 && !fits) {
      requests.push(current);
      current = [];
      weight = { blocks: 0, bytes: 0 };
    }
    current.push(block);
    weight = { blocks: weight.blocks + own.blocks, bytes: weight.bytes + own.bytes };
  }
  return current.length > 0 ? [...requests, current] : requests;
}

/** The block and all that is nested in it: each counts against the life of a Free workspace. */
export function countBlocks(block: object): number {
  const inside = Object.entries(block).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    return key === 'children' && Array.isArray(value) ? value : childrenOf(value);
  });
  return 1 + inside.reduce<number>((sum, child) => sum + (isObject(child) ? countBlocks(child) : 0), 0);
}

function childrenOf(content: object): unknown[] {
  return 'children' in content && Array.isArray(content.children) ? content.children : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
