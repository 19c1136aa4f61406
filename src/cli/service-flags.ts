import { setFlagsFromString } from 'node:v8';

/**
 * How V8 runs a service, which lives for weeks and mostly waits: it shall give memory back rather than keep it for
 * speed, and run its code as bytecode, not as machine code. The three compilers take 25 MB (docs/decisions.md).
 */
export const SERVICE_FLAGS = [
  '--optimize-for-size',
  '--no-turbofan',
  '--no-maglev',
  '--no-sparkplug',
] as const;

/** With more projects than that there is enough to do for the compilers to earn their memory. */
export const FEW_PROJECTS = 20;

/** Before anything else is loaded: what is compiled already stays compiled. */
export function runAsService(): void {
  for (const flag of SERVICE_FLAGS) setFlagsFromString(flag);
}

/** From now on, whatever runs often is compiled. */
export function letCompile(): void {
  for (const flag of ['--turbofan', '--maglev', '--sparkplug']) setFlagsFromString(flag);
}
