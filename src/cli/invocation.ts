/** How the person called Jalon, for advice on what to type next. */
export function invocation(env: NodeJS.ProcessEnv = process.env): string {
  return env.npm_lifecycle_event === undefined ? 'jalon' : 'npm run -s jalon --';
}
