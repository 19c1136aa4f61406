import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import type { OwnerColumns } from './schema.ts';

/** `unknown`: on another machine, or on a system that does not tell one process from the next with its number. */
export type Life = 'self' | 'alive' | 'dead' | 'unknown';

let identity: OwnerColumns | undefined;

/** This process, told so that another one can find out whether it still lives. */
export function thisProcess(): OwnerColumns {
  identity ??= {
    machine: machine(),
    host: hostname(),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
  };
  return identity;
}

export function lifeOf(owner: OwnerColumns): Life {
  const self = thisProcess();
  if (owner.machine !== self.machine) return 'unknown';
  if (owner.pid === self.pid) return owner.started === self.started ? 'self' : 'dead';
  if (!exists(owner.pid)) return 'dead';
  const started = startOf(owner.pid);
  if (started === undefined || owner.started === '') return 'unknown';
  return started === owner.started ? 'alive' : 'dead';
}

/**
 * Two machines or containers must never pass for one: a process of the other would seem dead here. So Linux is
 * known by its boot and by the namespace that its process numbers belong to; elsewhere, by its name and cards.
 */
function machine(): string {
  const boot = readOrNothing('/proc/sys/kernel/random/boot_id');
  if (boot === undefined) return [hostname(), ...hardwareAddresses()].join(' ');
  return `${boot.trim()} ${readlinkSync('/proc/self/ns/pid')}`;
}

function hardwareAddresses(): string[] {
  const cards = Object.values(networkInterfaces()).flatMap((card) => card ?? []);
  return [...new Set(cards.filter((card) => !card.internal).map((card) => card.mac))].sort();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * When the process began, `'gone'` for one that has ended and only waits for its parent to notice; `undefined` where
 * the system does not tell.
 */
function startOf(pid: number): string | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in parentheses, and may hold spaces and parentheses itself.
  const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 'ZX'.includes(state) ? 'gone' : rest[STARTTIME_AFTER_STATE];
}

/** `starttime` is field 22 of /proc/pid/stat, `state` field 3. */
const STARTTIME_AFTER_STATE = 22 - 3 - 1;

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
