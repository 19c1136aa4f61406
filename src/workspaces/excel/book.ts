import { forgetFormulas } from './calculation-chain.ts';
import { quoteSheet } from './cell.ts';
import { Damaged } from './damage.ts';
import { NEW_BOOK } from './new-book.ts';
import { Package } from './package.ts';
import { relate, relationshipsOf } from './relationships.ts';
import { Sheet } from './sheet.ts';
import { SheetOrder, type StoredSheetPlace } from './sheet-order.ts';
import { richText } from './stored-sheet.ts';
import { Styles } from './styles.ts';
import {
  attributes,
  child,
  childrenOf,
  type Element,
  escapeXml,
  isTrue,
  parseXml,
  prefixed,
  Splices,
} from './xml.ts';

export interface SheetEntry {
  readonly name: string;
  /** The part that holds it. */
  readonly part: string;
}

export interface SheetOptions {
  readonly hidden?: boolean;
  /** The sheet behind which it goes; behind all of them where it is absent. */
  readonly after?: SheetEntry | undefined;
}

interface Name {
  readonly name: string;
  readonly formula: string;
  readonly sheet: SheetEntry | undefined;
  readonly hidden: boolean;
}

const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';

/** A workbook: its sheets, styles, texts and names. Parts that are not asked to change are not touched. */
export class Book {
  readonly package: Package;
  readonly styles: Styles;
  readonly date1904: boolean;
  readonly #part: string;
  readonly #text: string;
  readonly #root: Element;
  readonly #stylesPart: string;
  readonly #strings: readonly string[];
  readonly #sheets: SheetEntry[];
  readonly #open = new Map<string, Sheet>();
  readonly #order: SheetOrder;
  readonly #names: Name[] = [];

  private constructor(pack: Package, parts: Parts) {
    this.package = pack;
    this.#part = parts.workbook;
    this.#text = parts.text;
    this.#root = parts.root;
    this.#stylesPart = parts.stylesPart;
    this.styles = new Styles(parts.styles);
    this.#strings = parts.strings;
    this.#sheets = parts.places.flatMap(({ part, element }) =>
      part === undefined ? [] : [{ name: element.attributes.name ?? '', part }],
    );
    this.#order = new SheetOrder(this.#root, parts.places);
    const flag = child(this.#root, 'workbookPr')?.attributes.date1904;
    this.date1904 = isTrue(flag);
  }

  static async create(): Promise<Book> {
    const pack = Package.empty();
    for (const [name, text] of Object.entries(NEW_BOOK)) pack.set(name, text);
    return Book.#of(pack);
  }

  /** @throws Damaged when the bytes are no workbook, or not a whole one. */
  static async open(bytes: Uint8Array): Promise<Book> {
    return Book.#of(await Package.open(bytes));
  }

  static async #of(pack: Package): Promise<Book> {
    return new Book(pack, await readParts(pack));
  }

  get sheets(): readonly SheetEntry[] {
    return this.#sheets;
  }

  /** @throws Damaged when the sheet's part cannot be read. */
  async sheet(entry: SheetEntry): Promise<Sheet> {
    const known = this.#open.get(entry.part);
    if (known) return known;
    const text = await this.package.text(entry.part);
    const sheet = new Sheet(text, this.#strings, this.styles);
    this.#open.set(entry.part, sheet);
    return sheet;
  }

  /** Whether a cell of the sheet may hold a text that begins so. Quicker than to read the cells. */
  async mayHold(entry: SheetEntry, beginning: string): Promise<boolean> {
    const text = await this.package.text(entry.part);
    if (text.includes(beginning)) return true;
    return this.#strings.some((one, index) => one.startsWith(beginning) && text.includes(`>${index}<`));
  }

  /** Adds a sheet; a name that is taken gets a number. */
  async addSheet(
    wanted: string,
    text: string,
    { hidden = false, after }: SheetOptions = {},
  ): Promise<SheetEntry> {
    const name = this.#freeName(wanted);
    let number = this.#sheets.length + 1;
    while (this.package.has(`xl/worksheets/sheet${number}.xml`)) number += 1;
    const part = `xl/worksheets/sheet${number}.xml`;
    this.package.set(part, text);
    await this.declare(part, SHEET_TYPE);
    const relationship = await relate(this.package, this.#part, 'worksheet', part);
    this.#order.add({ part, name, relationship, hidden }, after?.part);
    const entry = { name, part };
    this.#sheets.push(entry);
    return entry;
  }

  /** Gives a formula, mostly a range, a name; `sheet` for a name that only this sheet knows. */
  define(name: string, formula: string, sheet?: SheetEntry, hidden = false): void {
    this.#names.push({ name, formula, sheet, hidden });
  }

  /** The content type of a part of ours. */
  async declare(part: string, type: string): Promise<void> {
    const name = '[Content_Types].xml';
    const text = await this.package.text(name);
    const root = parseXml(text);
    if (childrenOf(root, 'Override').some((one) => one.attributes.PartName === `/${part}`)) return;
    const splices = new Splices();
    splices.append(
      root,
      `<${root.prefix}Override${attributes({ PartName: `/${part}`, ContentType: type })}/>`,
    );
    this.package.set(name, splices.apply(text));
  }

  get isChanged(): boolean {
    return this.package.isChanged || [...this.#open.values()].some((sheet) => sheet.isChanged);
  }

  /** The whole file, with what has been changed. */
  async toBytes(): Promise<Uint8Array> {
    for (const [part, sheet] of this.#open) {
      if (!sheet.isChanged) continue;
      this.package.set(part, sheet.toText());
      await forgetFormulas(this.package, this.#part, this.#order.sheetIdOf(part), sheet.lostFormulas);
    }
    if (this.styles.isChanged) this.package.set(this.#stylesPart, this.styles.toText());
    const workbook = this.#render();
    if (workbook !== this.#text) this.package.set(this.#part, workbook);
    return this.package.toBytes();
  }

  #freeName(wanted: string): string {
    const base = sheetName(wanted);
    const taken = new Set(this.#sheets.map(({ name }) => name.toLowerCase()));
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) {
      name = `${base.slice(0, 27)} (${number})`;
    }
    return name;
  }

  #render(): string {
    const splices = new Splices();
    this.#order.render(this.#text, splices);
    this.#renderNames(splices);
    const calculation = child(this.#root, 'calcPr');
    // Programs trust the stored values of formulas unless they are told to compute them.
    if (calculation) splices.attribute(this.#text, calculation, 'fullCalcOnLoad', '1');
    return splices.apply(this.#text);
  }

  #renderNames(splices: Splices): void {
    const list = child(this.#root, 'definedNames');
    const p = this.#root.prefix;
    const added: string[] = [];
    for (const { name, formula, sheet, hidden } of this.#names) {
      const known = this.#knownName(name, sheet);
      const localSheetId = sheet && this.#order.placeOf(sheet.part);
      const xml = `<${p}definedName${attributes({ name, localSheetId, hidden: hidden ? 1 : undefined })}>${escapeXml(formula)}</${p}definedName>`;
      if (!known) added.push(xml);
      else if (unquoted(known.text) !== unquoted(formula))
        splices.replace(known.openEnd, known.closeStart, escapeXml(formula));
    }
    if (added.length === 0) return;
    if (list) {
      splices.append(list, added.join(''));
      return;
    }
    const before = ['externalReferences', 'functionGroups', 'sheets'].map((name) => child(this.#root, name));
    const place = before.find((one) => one !== undefined)?.end ?? this.#root.closeStart;
    splices.insert(place, `<${p}definedNames>${added.join('')}</${p}definedNames>`);
  }

  #knownName(name: string, sheet: SheetEntry | undefined): Element | undefined {
    const place = sheet && this.#order.formerPlaceOf(sheet.part);
    if (sheet && place === undefined) return undefined;
    const localSheetId = place?.toString();
    return childrenOf(child(this.#root, 'definedNames'), 'definedName').find(
      (one) => one.attributes.name === name && one.attributes.localSheetId === localSheetId,
    );
  }
}

/** A name as Excel takes it for a sheet: at most 31 characters, without those that formulas need. */
export function sheetName(wanted: string): string {
  const clean = wanted
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim();
  const name = clean.slice(0, 31).trim() || 'Jalon';
  // Excel keeps that name for itself.
  return name.toLowerCase() === 'history' ? `${name} (1)` : name;
}

/** Programs differ in which sheet names they quote. */
function unquoted(formula: string): string {
  return formula.replaceAll("'", '');
}

/** `'Sheet name'!$B$3:$B$9` */
export function rangeOf(entry: SheetEntry, range: string): string {
  return `${quoteSheet(entry.name)}!${range}`;
}

interface Parts {
  readonly workbook: string;
  readonly text: string;
  readonly root: Element;
  readonly stylesPart: string;
  readonly styles: string;
  readonly strings: readonly string[];
  readonly places: readonly StoredSheetPlace[];
}

async function readParts(pack: Package): Promise<Parts> {
  const main = (await relationshipsOf(pack, '')).find(({ type }) => type === 'officeDocument');
  if (!pack.has('[Content_Types].xml') || !main) throw new Damaged('not-a-workbook');
  const text = await pack.text(main.target);
  const root = parseXml(text);
  if (root.name !== 'workbook' || !child(root, 'sheets')) throw new Damaged('not-a-workbook');
  const related = await relationshipsOf(pack, main.target);
  const partOf = (type: string) => related.find((one) => one.type === type)?.target;
  const stringsPart = partOf('sharedStrings');
  const stylesPart = partOf('styles');
  if (!stylesPart) throw new Damaged('broken', { cause: new Error('no styles') });
  return {
    workbook: main.target,
    text,
    root,
    stylesPart,
    styles: await pack.text(stylesPart),
    strings: stringsPart ? childrenOf(parseXml(await pack.text(stringsPart)), 'si').map(richText) : [],
    places: childrenOf(child(root, 'sheets'), 'sheet').map((element) => {
      const target = related.find(({ id }) => id === prefixed(element, 'id'));
      return { element, part: target?.type === 'worksheet' ? target.target : undefined };
    }),
  };
}
