import { attributes, child, childrenOf, type Element, type Splices } from './xml.ts';

/** A sheet as the workbook has it. */
export interface StoredSheetPlace {
  /** `undefined` for a sheet that holds no cells, such as a chart. */
  readonly part: string | undefined;
  readonly element: Element;
}

export interface NewSheetPlace {
  readonly part: string;
  readonly element?: undefined;
  readonly name: string;
  readonly relationship: string;
  readonly hidden: boolean;
}

type Place = StoredSheetPlace | NewSheetPlace;

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * All the sheets of a workbook, one behind the other, with those that are added. Much of a workbook points at a
 * sheet by its place: where one is added between two others, that follows.
 */
export class SheetOrder {
  readonly #workbook: Element;
  readonly #stored: readonly Element[];
  readonly #places: Place[];

  constructor(workbook: Element, stored: readonly StoredSheetPlace[]) {
    this.#workbook = workbook;
    this.#stored = stored.map(({ element }) => element);
    this.#places = [...stored];
  }

  /** Behind the sheet of the part `after`; behind all the others where it is absent. */
  add(sheet: NewSheetPlace, after: string | undefined): void {
    const before = after === undefined ? -1 : this.placeOf(after);
    this.#places.splice(before < 0 ? this.#places.length : before + 1, 0, sheet);
  }

  /** From 0; -1 for a part that is no sheet. */
  placeOf(part: string): number {
    return this.#places.findIndex((one) => one.part === part);
  }

  /** Its place as the workbook is stored; `undefined` for a sheet that has been added. */
  formerPlaceOf(part: string): number | undefined {
    const element = this.#elementOf(part);
    return element && this.#stored.indexOf(element);
  }

  sheetIdOf(part: string): string | undefined {
    return this.#elementOf(part)?.attributes.sheetId;
  }

  /** `text` is that of the workbook. */
  render(text: string, splices: Splices): void {
    if (this.#places.length === this.#stored.length) return;
    this.#renderSheets(splices);
    for (const view of childrenOf(child(this.#workbook, 'bookViews'), 'workbookView')) {
      this.#follow(text, splices, view, 'activeTab');
      this.#follow(text, splices, view, 'firstSheet');
    }
    for (const name of childrenOf(child(this.#workbook, 'definedNames'), 'definedName'))
      this.#follow(text, splices, name, 'localSheetId');
  }

  #elementOf(part: string): Element | undefined {
    return this.#places.find((one) => one.part === part)?.element;
  }

  #renderSheets(splices: Splices): void {
    const list = child(this.#workbook, 'sheets');
    if (!list) return;
    let id = Math.max(0, ...this.#stored.map((one) => Number(one.attributes.sheetId)));
    const first: string[] = [];
    let behind: Element | undefined;
    for (const place of this.#places) {
      if (place.element) {
        behind = place.element;
        continue;
      }
      id += 1;
      const { name, relationship, hidden } = place;
      const written = { name, sheetId: id, state: hidden ? 'hidden' : undefined, 'link:id': relationship };
      const xml = `<${list.prefix}sheet xmlns:link="${OFFICE}"${attributes(written)}/>`;
      if (behind) splices.insert(behind.end, xml);
      else first.push(xml);
    }
    if (first.length > 0) splices.append(list, first.join(''));
  }

  #follow(text: string, splices: Splices, element: Element, name: string): void {
    const before = Number(element.attributes[name] ?? Number.NaN);
    const stored = this.#stored[before];
    const now = stored ? this.#places.findIndex((one) => one.element === stored) : before;
    if (stored && now !== before) splices.attribute(text, element, name, String(now));
  }
}
