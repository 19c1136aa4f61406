import { Hono } from 'hono';

/** Routes whose code is loaded when somebody first asks for one of them: a service that nobody looks at stays small. */
export function later(load: () => Promise<Hono>): Hono {
  let loading: Promise<Hono> | undefined;
  return new Hono().all('*', async (context) => {
    loading ??= load();
    try {
      return (await loading).fetch(context.req.raw, context.env);
    } catch (error) {
      loading = undefined;
      throw error;
    }
  });
}
