import { attributes, child, type Element, escapeAttribute, parseXml, Splices } from './xml.ts';

export interface FontLook {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly underline?: boolean;
  /** `RRGGBB` */
  readonly color?: string;
}

export interface Look {
  readonly font?: FontLook;
  /** Background, `RRGGBB`. */
  readonly fill?: string;
  /** A thin line of that colour below, or all around. */
  readonly line?: string;
  readonly frame?: string;
  readonly format?: string;
  readonly horizontal?: 'left' | 'center' | 'right';
  readonly vertical?: 'top' | 'center' | 'bottom';
  readonly wrap?: boolean;
  readonly indent?: number;
}

/** The order that the schema asks for. */
const SECTIONS = [
  'numFmts',
  'fonts',
  'fills',
  'borders',
  'cellStyleXfs',
  'cellXfs',
  'cellStyles',
  'dxfs',
  'tableStyles',
  'colors',
  'extLst',
] as const;
type Section = (typeof SECTIONS)[number];

const FIRST_CUSTOM_FORMAT = 164;
/** The formats of Excel's own list that show a day. */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/**
 * The styles of a workbook. Ours are looked up among those that are there and added behind them where they are
 * missing, so that no number that a cell of the team points at ever changes its meaning.
 */
export class Styles {
  readonly #text: string;
  readonly #root: Element;
  readonly #items = new Map<Section, string[]>();
  readonly #dates = new Map<number, boolean>();

  constructor(text: string) {
    this.#text = text;
    this.#root = parseXml(text);
    for (const section of SECTIONS) {
      const children = child(this.#root, section)?.children ?? [];
      this.#items.set(
        section,
        children.map((one) => text.slice(one.start, one.end)),
      );
    }
  }

  /** The number by which cells ask for this look. */
  add(look: Look): number {
    const applied = {
      numFmtId: look.format === undefined ? 0 : this.#format(look.format),
      fontId: this.#font(look.font ?? {}),
      fillId: this.#fill(look.fill),
      borderId: this.#border(look),
    };
    const aligned = look.horizontal || look.vertical || look.wrap || look.indent;
    const alignment = attributes({
      horizontal: look.horizontal,
      vertical: look.vertical,
      wrapText: look.wrap ? 1 : undefined,
      indent: look.indent,
    });
    const flags = attributes({
      ...applied,
      xfId: 0,
      applyNumberFormat: applied.numFmtId ? 1 : undefined,
      applyFont: 1,
      applyFill: applied.fillId ? 1 : undefined,
      applyBorder: applied.borderId ? 1 : undefined,
      applyAlignment: aligned ? 1 : undefined,
    });
    const p = this.#root.prefix;
    const xml = aligned ? `<${p}xf${flags}><${p}alignment${alignment}/></${p}xf>` : `<${p}xf${flags}/>`;
    return this.#index('cellXfs', xml);
  }

  /** The same look, marked as typed text, so that no program takes the cell for a formula. */
  quoted(style: number): number {
    return this.#variant(style, { quotePrefix: '1' });
  }

  formatted(style: number, format: string): number {
    return this.#variant(style, { numFmtId: String(this.#format(format)), applyNumberFormat: '1' });
  }

  /** A look for a conditional format. */
  differential(look: Look): number {
    const p = this.#root.prefix;
    const font = look.font ? `<${p}font>${this.#fontMarks(look.font)}</${p}font>` : '';
    // In a differential style the colour of a solid fill is the background.
    const fill = look.fill
      ? `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="FF${look.fill}"/><${p}bgColor rgb="FF${look.fill}"/></${p}patternFill></${p}fill>`
      : '';
    const border = look.line ? this.#borderXml(look) : '';
    return this.#index('dxfs', `<${p}dxf>${font}${fill}${border}</${p}dxf>`);
  }

  /** Whether a number under this style is a day to a reader. */
  isDate(style: number): boolean {
    const known = this.#dates.get(style);
    if (known !== undefined) return known;
    const found = this.#showsDay(style);
    this.#dates.set(style, found);
    return found;
  }

  get isChanged(): boolean {
    return SECTIONS.some((section) => this.#added(section).length > 0);
  }

  toText(): string {
    const splices = new Splices();
    const p = this.#root.prefix;
    for (const section of SECTIONS) {
      const added = this.#added(section);
      if (added.length === 0) continue;
      const element = child(this.#root, section);
      const count = this.#list(section).length;
      if (element) {
        splices.attribute(this.#text, element, 'count', String(count));
        splices.append(element, added.join(''));
      } else {
        const xml = `<${p}${section} count="${count}">${added.join('')}</${p}${section}>`;
        splices.insert(this.#placeOf(section), xml);
      }
    }
    return splices.apply(this.#text);
  }

  #list(section: Section): string[] {
    return this.#items.get(section) ?? [];
  }

  #added(section: Section): readonly string[] {
    return this.#list(section).slice(child(this.#root, section)?.children.length ?? 0);
  }

  #placeOf(section: Section): number {
    const later = SECTIONS.slice(SECTIONS.indexOf(section) + 1);
    const next = this.#root.children.find((one) => (later as readonly string[]).includes(one.name));
    return next?.start ?? this.#root.closeStart;
  }

  #index(section: Section, xml: string): number {
    const list = this.#list(section);
    const found = list.indexOf(xml);
    return found >= 0 ? found : list.push(xml) - 1;
  }

  #variant(style: number, changes: Readonly<Record<string, string>>): number {
    const xml = this.#list('cellXfs')[style] ?? this.#list('cellXfs')[0] ?? '';
    const element = parseXml(xml);
    const splices = new Splices();
    for (const [name, value] of Object.entries(changes)) {
      if (element.attributes[name] !== value) splices.attribute(xml, element, name, value);
    }
    return this.#index('cellXfs', splices.apply(xml));
  }

  #format(code: string): number {
    const formats = this.#list('numFmts').map((xml) => parseXml(xml).attributes);
    const found = formats.find((one) => one.formatCode === code);
    if (found) return Number(found.numFmtId);
    const id = Math.max(FIRST_CUSTOM_FORMAT - 1, ...formats.map((one) => Number(one.numFmtId))) + 1;
    const p = this.#root.prefix;
    this.#list('numFmts').push(`<${p}numFmt numFmtId="${id}" formatCode="${escapeAttribute(code)}"/>`);
    return id;
  }

  #showsDay(style: number): boolean {
    const xml = this.#list('cellXfs')[style];
    if (!xml) return false;
    const id = Number(parseXml(xml).attributes.numFmtId ?? 0);
    const format = this.#list('numFmts')
      .map((one) => parseXml(one).attributes)
      .find((one) => Number(one.numFmtId) === id);
    if (!format) return BUILT_IN_DATES.has(id);
    const bare = (format.formatCode ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
    return /[dy]/i.test(bare);
  }

  #font(look: FontLook): number {
    const p = this.#root.prefix;
    const base = child(this.#root, 'fonts')?.children[0];
    const name = child(base, 'name')?.attributes.val ?? 'Calibri';
    const size = look.size ?? Number(child(base, 'sz')?.attributes.val ?? 11);
    const color = look.color ?? '1F2933';
    const marks = this.#fontMarks({ ...look, size, color });
    return this.#index(
      'fonts',
      `<${p}font>${marks}<${p}name val="${escapeAttribute(name)}"/><${p}family val="2"/></${p}font>`,
    );
  }

  #fontMarks(look: FontLook): string {
    const p = this.#root.prefix;
    return [
      look.bold ? `<${p}b/>` : '',
      look.italic ? `<${p}i/>` : '',
      look.strike ? `<${p}strike/>` : '',
      look.underline ? `<${p}u/>` : '',
      look.size === undefined ? '' : `<${p}sz val="${look.size}"/>`,
      look.color === undefined ? '' : `<${p}color rgb="FF${look.color}"/>`,
    ].join('');
  }

  #fill(color: string | undefined): number {
    if (color === undefined) return 0;
    const p = this.#root.prefix;
    const pattern = `<${p}patternFill patternType="solid"><${p}fgColor rgb="FF${color}"/><${p}bgColor indexed="64"/></${p}patternFill>`;
    return this.#index('fills', `<${p}fill>${pattern}</${p}fill>`);
  }

  #border(look: Look): number {
    return look.line || look.frame ? this.#index('borders', this.#borderXml(look)) : 0;
  }

  #borderXml({ line, frame }: Look): string {
    const p = this.#root.prefix;
    const side = (name: string, color: string | undefined) =>
      color ? `<${p}${name} style="thin"><${p}color rgb="FF${color}"/></${p}${name}>` : `<${p}${name}/>`;
    const sides = ['left', 'right', 'top'].map((name) => side(name, frame)).join('');
    return `<${p}border>${sides}${side('bottom', frame ?? line)}</${p}border>`;
  }
}
