import { lookUpCompany } from '#src/config/company-api.ts';
import { writeProject } from '#src/config/write-project.ts';
import { EXIT } from '#src/errors.ts';
import { withContext } from '../context.ts';
import { runInit } from '../init.ts';
import type { InitOptions } from '../init-flags.ts';
import { invocation } from '../invocation.ts';
import type { CommonOptions } from '../options.ts';
import { terminalPrompts } from '../prompts.ts';

/** A lookup is a convenience: it must not keep a person waiting. */
const LOOK_UP_TIMEOUT_MS = 4000;

export function init(options: InitOptions & CommonOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { environment, locale, json } = context;
    const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && !json;
    const created = await runInit(options, {
      folder: environment.projects,
      today: context.today(),
      locale,
      command: invocation(),
      prompts: interactive ? terminalPrompts(locale) : undefined,
      template: context.template,
      lookUp: (siren) =>
        lookUpCompany(siren, {
          baseUrl: environment.companyApiBaseUrl,
          fetch,
          timeoutMs: LOOK_UP_TIMEOUT_MS,
        }),
      write: (file, project, { replace }) => writeProject(file, project, { replace }),
      tell: (words) => context.print(words),
    });
    context.document(created);
    return EXIT.done;
  });
}
