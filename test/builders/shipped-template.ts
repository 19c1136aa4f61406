import { inject } from 'vitest';
import { loadTemplate } from '#src/config/load-template.ts';
import type { Template } from '#src/plan/template.ts';

let read: Promise<Template> | undefined;

/** The e-invoicing template as it is shipped, read once in a process. */
export function shippedTemplate(): Promise<Template> {
  read ??= loadTemplate('facturation-electronique', { projects: '.', home: inject('readHome') });
  return read;
}
