import { writeProject } from '#src/config/write-project.ts';
import { withContext } from '../context.ts';
import { type ImportOptions, importCompanies, showImport } from '../import-companies.ts';
import { DEFAULT_TEMPLATE } from '../init.ts';
import type { CommonOptions } from '../options.ts';

export function importFile(options: ImportOptions & CommonOptions, file: string): Promise<number> {
  return withContext(options, async (context) => {
    const { locale } = context;
    const report = await importCompanies(file, options, {
      folder: context.environment.projects,
      today: context.today(),
      locale,
      template: await context.template(DEFAULT_TEMPLATE),
      progress: context.progress,
      write: (target, project) => writeProject(target, project),
    });
    context.print(showImport(report, locale));
    const { lines, written, problems, remarks } = report;
    context.document({
      lines,
      written,
      problems: problems.map(({ said, ...place }) => ({ ...place, message: said(locale) })),
      remarks: remarks.map((remark) => remark(locale)),
    });
    return report.exitCode;
  });
}
