/**
 * How V8 runs a service, which lives for weeks and mostly waits: it shall give memory back rather than keep it for
 * speed, and run its code as bytecode, not as machine code. The three compilers take 25 MB; without them a first plan
 * costs a sixth more time (docs/decisions.md).
 */
export const SERVICE_FLAGS = [
  '--optimize-for-size',
  '--no-turbofan',
  '--no-maglev',
  '--no-sparkplug',
] as const;
