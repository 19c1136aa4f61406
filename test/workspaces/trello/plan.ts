import type { DescriptionContext } from '#src/workspaces/trello/description.ts';
import type { Blueprint, ColumnShape, RegisterShape } from '#src/workspaces/workspace.ts';

export const SOURCES: Blueprint['sources'] = new Map([
  [
    'cgi-289-bis',
    { title: 'Article 289 bis du CGI', url: 'https://www.legifrance.gouv.fr/codes/article_lc/289bis' },
  ],
  [
    'faq',
    { title: 'Foire aux questions (impots.gouv.fr)', url: 'https://www.impots.gouv.fr/faq_(2026)?a=1' },
  ],
  ['faq-2', { title: 'La même page', url: 'https://www.impots.gouv.fr/faq_(2026)?a=1' }],
  ['bracket', { title: 'Décret [brouillon]_2*', url: 'https://example.org/decret' }],
]);

const TITLES: ReadonlyMap<string, string> = new Map([
  ['comprendre/lire', 'Lire la loi'],
  ['choisir/plateforme', 'Choisir la plateforme : trois offres, *deux* noms'],
  ['choisir/code', '`npm`'],
  ['a/un', 'Même titre'],
  ['a/deux', 'Même titre'],
]);

function column(key: string, type: ColumnShape['type'], title: string): ColumnShape {
  return { key, type, title, help: '', options: [] };
}

export const REGISTER: RegisterShape = {
  key: 'tools',
  title: 'Outils et flux',
  summary: '',
  step: 'cartographier',
  planned: [],
  columns: [
    column('tool', 'text', 'Outil'),
    column('version', 'text', 'Version'),
    column('volume', 'number', 'Factures par mois'),
    column('price', 'amount', 'Prix : par mois (€ HT)'),
    column('share', 'percent', 'Part'),
    column('since', 'date', 'Depuis le'),
    {
      ...column('state', 'select', 'État'),
      options: [
        { key: 'to-check', title: 'À vérifier' },
        { key: 'ok', title: 'Conforme' },
      ],
    },
    column('receives', 'checkbox', 'Réception'),
    column('link', 'url', 'Lien'),
    column('email', 'email', 'Courriel'),
    column('owner', 'person', 'Responsable'),
    column('why', 'long-text', 'Pourquoi'),
    column('notes', 'long-text', 'Remarques'),
  ],
};

export const BLUEPRINT: Blueprint = {
  project: 'martin',
  company: 'Boulangerie Martin',
  locale: 'fr',
  title: 'Plan',
  notice: '',
  steps: [
    { key: 'comprendre', title: 'Comprendre la réforme', summary: '', color: '#2f6f9f' },
    { key: 'choisir', title: 'Choisir', summary: '', color: '#b5772a' },
  ],
  roles: [
    { key: 'assistant', title: 'Assistant de gestion' },
    { key: 'accountant', title: 'Comptable, interne' },
    { key: 'urgent', title: 'Urgente' },
  ],
  people: ['Claire', 'Paul'],
  registers: [REGISTER],
  sources: SOURCES,
};

export const CONTEXT: DescriptionContext = {
  locale: 'fr',
  roles: BLUEPRINT.roles,
  sources: SOURCES,
  titleOf: (key) => TITLES.get(key),
  keyOfTitle(title) {
    const found = [...TITLES].filter(([, one]) => one === title);
    return found.length === 1 ? found[0]?.[0] : undefined;
  },
};

export const TASK_KEYS = [...TITLES.keys(), 'gone/task'];
