/** What Prometheus would take in of one metric. */
export interface ScrapedFamily {
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly ScrapedSample[];
}

export interface ScrapedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HEAD = new RegExp(`^# HELP (${NAME}) (.+)\\n# TYPE (${NAME}) (counter|gauge)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.+)\\})? (\\S+)$`, 's');
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\n"])*)"(?:,(?=.)|$)/y;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;

/**
 * Reads the text format of Prometheus, more strictly than Prometheus itself: each metric is a block of its help, its
 * type and its samples, with a blank line between two; no metric and no sample comes twice; counters end in `_total`
 * and are not negative; there are no comments, no time stamps, and no values that are no numbers.
 * @throws Error naming the line.
 */
export function parseExposition(text: string): ReadonlyMap<string, ScrapedFamily> {
  const families = new Map<string, ScrapedFamily>();
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  for (const block of text.slice(0, -1).split('\n\n')) {
    const [name, family] = parseFamily(block);
    if (families.has(name)) throw new Error(`${name} comes twice`);
    families.set(name, family);
  }
  return families;
}

/** The value of the sample with exactly these labels. */
export function valueIn(
  families: ReadonlyMap<string, ScrapedFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = keyOf(labels);
  return families.get(name)?.samples.find((sample) => keyOf(sample.labels) === wanted)?.value;
}

function parseFamily(block: string): [string, ScrapedFamily] {
  const [help = '', type = '', ...lines] = block.split('\n');
  const [, name, text = '', typed, kind] = HEAD.exec(`${help}\n${type}`) ?? [];
  if (name === undefined || typed !== name || (kind !== 'counter' && kind !== 'gauge'))
    throw new Error(`no help and type: ${help} | ${type}`);
  if (/\\(?:[^\\n]|$)/.test(text.replaceAll('\\\\', ''))) throw new Error(`a stray backslash: ${help}`);
  if ((kind === 'counter') !== name.endsWith('_total'))
    throw new Error(`a name that suits no ${kind}: ${name}`);
  if (lines.length === 0) throw new Error(`no sample: ${name}`);
  const samples = lines.map((line) => parseSample(line, name, kind));
  const keys = new Set(samples.map(({ labels }) => keyOf(labels)));
  if (keys.size < samples.length) throw new Error(`a sample of ${name} comes twice`);
  return [name, { help: text, type: kind, samples }];
}

function parseSample(line: string, family: string, kind: ScrapedFamily['type']): ScrapedSample {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (name !== family) throw new Error(`no sample of ${family}: ${line}`);
  if (!NUMBER.test(value)) throw new Error(`no number: ${line}`);
  if (kind === 'counter' && Number(value) < 0) throw new Error(`a count below zero: ${line}`);
  return { labels: parseLabels(labels), value: Number(value) };
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (LABEL.lastIndex = 0; LABEL.lastIndex < text.length; ) {
    const [, name, value] = LABEL.exec(text) ?? [];
    if (name === undefined || value === undefined || name in labels) throw new Error(`wrong labels: ${text}`);
    labels[name] = value.replaceAll(/\\(.)/gs, (_, sign) => (sign === 'n' ? '\n' : sign));
  }
  return labels;
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).toSorted());
}
