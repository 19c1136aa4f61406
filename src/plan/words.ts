import * as z from 'zod';

/** Lower-case words joined by hyphens: how files name things, for good. */
export const key = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'key' });

/** `step/task` */
export const taskKey = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, { error: 'task-key' });

/** A text in both languages; neither may be missing or empty. */
export const Text = z.strictObject({ fr: z.string().trim().min(1), en: z.string().trim().min(1) });
export type Text = z.infer<typeof Text>;
