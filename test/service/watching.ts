import type { Template } from '#src/plan/template.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { lookAtSources, type Posting, postNotices, sourcesOf } from '#src/service/watch.ts';
import type { Look } from '#src/watch/round.ts';
import { anObligation, aStep, aTask, words } from '../builders/template.ts';
import { aFetcher } from '../watch/guest.ts';
import { OfficialSite } from '../watch/official-site.ts';
import { CompanyAtWork, smallTemplate } from './company.ts';

const SOURCES = ['law', 'guide', 'list'].map((id) => ({
  id,
  title: words(id),
  url: `https://example.org/${id}`,
  confidence: 'sure' as const,
  verifiedOn: '2026-10-10',
}));

/** A template whose tasks and obligation rest on texts that are watched. */
export function watchedTemplate(sources: readonly WatchSource[], more: Partial<Template> = {}): Template {
  return smallTemplate({
    steps: [
      aStep('first', aTask('one', { sources: ['law'] }), aTask('two', { sources: ['guide'] })),
      aStep('second', aTask('three', { when: { vat: ['reel-mensuel'] }, sources: ['list'] })),
    ],
    obligations: [anObligation('issue', '2027-09-01')],
    sources: SOURCES,
    registers: [
      {
        key: 'log',
        title: words('Log'),
        summary: words('…'),
        step: 'first',
        columns: [
          { key: 'title', title: words('Title'), type: 'text' },
          { key: 'date', title: words('Date'), type: 'date' },
          { key: 'source', title: words('Source'), type: 'text' },
          { key: 'link', title: words('Link'), type: 'url' },
          { key: 'excerpt', title: words('Excerpt'), type: 'long-text' },
          { key: 'touches', title: words('Touches'), type: 'long-text' },
          { key: 'assigned-to', title: words('Assigned'), type: 'person' },
          {
            key: 'decision',
            title: words('Decision'),
            type: 'select',
            options: [
              { key: 'to-decide', title: words('To decide') },
              { key: 'no-effect', title: words('No effect') },
            ],
          },
        ],
      },
      {
        key: 'offers',
        title: words('Offers'),
        summary: words('…'),
        step: 'first',
        columns: [
          { key: 'offer', title: words('Offer'), type: 'text' },
          { key: 'behind', title: words('Behind'), type: 'text' },
          {
            key: 'standing',
            title: words('Standing'),
            type: 'select',
            options: ['registered', 'waiting', 'absent'].map((key) => ({ key, title: words(key) })),
          },
          { key: 'read-on', title: words('Read on'), type: 'date' },
          {
            key: 'decision',
            title: words('Choice'),
            type: 'select',
            options: ['studying', 'chosen'].map((key) => ({ key, title: words(key) })),
          },
        ],
        rows: [
          { key: 'a', values: { offer: 'Alpha SAS', decision: 'chosen' } },
          { key: 'b', values: { offer: 'Logiciel', behind: 'Beta', decision: 'studying' } },
          { key: 'c', values: { offer: 'Inconnue', decision: 'studying' } },
        ],
      },
    ],
    watchLog: 'log',
    watch: {
      role: 'lead',
      platforms: {
        register: 'offers',
        name: 'offer',
        behind: 'behind',
        status: 'standing',
        readOn: 'read-on',
        chosen: { column: 'decision', option: 'chosen' },
      },
      sources: [...sources],
    },
    ...more,
  });
}

/** A company whose official sources stand on loopback. */
export class WatchfulCompany extends CompanyAtWork {
  readonly site: OfficialSite;

  private constructor(site: OfficialSite, template: Template) {
    super(template);
    this.site = site;
  }

  static async found(
    sources: (site: OfficialSite) => readonly WatchSource[],
    more: Partial<Template> = {},
  ): Promise<WatchfulCompany> {
    const site = await OfficialSite.open();
    const company = new WatchfulCompany(site, watchedTemplate(sources(site), more));
    await company.cycle('apply');
    return company;
  }

  async look(all = true): Promise<readonly Look[]> {
    const project = await this.running();
    const watch = { fetcher: aFetcher({ allowHosts: [this.site.host] }) };
    return lookAtSources({ sources: sourcesOf(project), all }, watch, await this.deps());
  }

  async post(): Promise<Posting> {
    return postNotices(await this.running(), await this.deps());
  }

  /** Looks, and tells what was found. Gives how many rows that made. */
  async watch(): Promise<number> {
    await this.look();
    return (await this.post()).rows;
  }

  /** The rows of the log, as agreed. */
  async log() {
    return [...(await this.agreed()).values()].filter(({ parent }) => parent === 'log');
  }

  async outcomes(): Promise<readonly string[]> {
    return (await this.look()).map(({ outcome }) => outcome);
  }
}
