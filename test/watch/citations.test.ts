import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SourcesFile } from '#src/plan/template.ts';
import { citedSources } from '#src/watch/citations.ts';

const { sources } = SourcesFile.parse(
  parse(readFileSync('templates/facturation-electronique/sources.yaml', 'utf8')),
);
const cited = (text: string) => citedSources(sources, text).map(({ id }) => id);

describe('the legal sources that a text cites', () => {
  it.each([
    ['BOI-TVA-DECLA-20-30-50 est publié', ['bofip-tva-decla-20-30-50']],
    ['voir BOI-TVA-DECLA-20-30-50-10, § 60', ['bofip-tva-decla-20-30-50-10']],
    [
      'https://bofip.impots.gouv.fr/bofip/13901-PGP.html/identifiant=BOI-TVA-DECLA-20-30-60-20260930',
      ['bofip-tva-decla-20-30-60'],
    ],
    ['le décret n° 2026-677 du 27 juillet 2026', ['decret-2026-677']],
    ['l’article 289 bis du CGI', ['cgi-289-bis']],
    ['au sens du 289 bis', ['cgi-289-bis']],
    ['l’article 289 du CGI', ['cgi-289']],
    ['les articles 290 et 290 A du CGI', ['cgi-290', 'cgi-290-a']],
    ['l’art. 1737', ['cgi-1737']],
    ['l’article 1788 D', ['cgi-1788-d']],
    ['une amende de 1737 euros', []],
    ['l’article L. 102 B du LPF', ['lpf-l102-b']],
    ['l’article L441-10 du code de commerce', ['code-commerce-l441-10']],
    ['242 nonies A de l’annexe II', ['cgi-ann2-242-nonies-a']],
    ['une phrase qui ne cite rien', []],
  ])('« %s »', (text, expected) => {
    expect(cited(text)).toEqual(expected);
  });
});
