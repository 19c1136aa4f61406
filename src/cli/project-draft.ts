import type { Locale } from '#src/i18n/message.ts';
import type { Size, VatRegime } from '#src/plan/company.ts';

/** A project as `init` and `import` write it; the form of the file is that of `#src/config/project.ts`. */
export interface ProjectDraft {
  readonly company: {
    readonly name: string;
    readonly siren?: string;
    readonly size: Size;
    readonly vat: VatRegime;
    readonly facts: Readonly<Record<string, boolean>>;
  };
  readonly start: string;
  readonly template: string;
  readonly profile: string;
  readonly locale: Locale;
  readonly people: Readonly<Record<string, { readonly name: string }>>;
  readonly workspaces: readonly WorkspaceDraft[];
}

export type WorkspaceDraft =
  | { readonly kind: 'excel'; readonly file: string }
  | { readonly kind: 'notion'; readonly parent: string }
  | { readonly kind: 'trello'; readonly organization: string }
  | { readonly kind: 'trello'; readonly board: string };
