import type { Book, SheetEntry } from './book.ts';
import type { Package } from './package.ts';
import { relate, relationshipsOf, relationshipsPart } from './relationships.ts';
import { attributes, childrenOf, type Element, parseXml, prefixed, Splices } from './xml.ts';

const NAME = 'jalon:picture';
const EMU_PER_PIXEL = 9525;
const DRAWING_TYPE = 'application/vnd.openxmlformats-officedocument.drawing+xml';

/** Where a picture may stand, in pixels from the left edge of a column and the top edge of a row, both from 0. */
export interface Room {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Puts the picture on the sheet, or in the place of the one that Jalon has put there. A team that has deleted it
 * does not get it back; `room` is given for a sheet that has just been made, and only then.
 */
export async function placePicture(
  book: Book,
  entry: SheetEntry,
  png: Uint8Array,
  description: string,
  room: Room | undefined,
): Promise<void> {
  const pack = book.package;
  if (!room) return replacePicture(pack, entry, png, description);
  const drawing = freePart(pack, 'xl/drawings/drawing', '.xml');
  const media = await addMedia(pack, png);
  const image = await relate(pack, drawing, 'image', media);
  pack.set(drawing, drawingXml(png, description, image, room));
  await book.declare(drawing, DRAWING_TYPE);
  const sheet = await book.sheet(entry);
  sheet.addDrawing(await relate(pack, entry.part, 'drawing', drawing));
}

async function replacePicture(
  pack: Package,
  entry: SheetEntry,
  png: Uint8Array,
  description: string,
): Promise<void> {
  const drawing = (await relationshipsOf(pack, entry.part)).find(({ type }) => type === 'drawing')?.target;
  if (!drawing || !pack.has(drawing)) return;
  const text = await pack.text(drawing);
  const picture = descendants(parseXml(text), 'pic').find(
    (pic) => descendants(pic, 'cNvPr')[0]?.attributes.name === NAME,
  );
  const [properties] = picture ? descendants(picture, 'cNvPr') : [];
  const [blip] = picture ? descendants(picture, 'blip') : [];
  const embedded = blip && prefixed(blip, 'embed');
  if (!properties || !blip || !embedded) return;

  const splices = new Splices();
  if (properties.attributes.descr !== description) splices.attribute(text, properties, 'descr', description);
  const media = (await relationshipsOf(pack, drawing)).find(({ id }) => id === embedded)?.target ?? '';
  // Programs store equal pictures once: a copy that someone has put elsewhere must keep showing what it shows.
  if (await isOnlyUse(pack, media)) pack.set(media, png);
  else {
    const id = await relate(pack, drawing, 'image', await addMedia(pack, png));
    const attribute = Object.keys(blip.attributes).find((name) => name.endsWith(':embed'));
    if (attribute) splices.attribute(text, blip, attribute, id);
  }
  if (!splices.isEmpty) pack.set(drawing, splices.apply(text));
}

async function isOnlyUse(pack: Package, media: string): Promise<boolean> {
  if (!media.toLowerCase().endsWith('.png')) return false;
  let uses = 0;
  for (const name of pack.names().filter((one) => one.endsWith('.rels'))) {
    const part = name.replace('_rels/', '').replace(/\.rels$/, '');
    if (relationshipsPart(part) !== name) continue;
    uses += (await relationshipsOf(pack, part)).filter(({ target }) => target === media).length;
  }
  return uses === 1;
}

async function addMedia(pack: Package, png: Uint8Array): Promise<string> {
  const part = freePart(pack, 'xl/media/jalon', '.png');
  pack.set(part, png);
  const name = '[Content_Types].xml';
  const text = await pack.text(name);
  const root = parseXml(text);
  const known = childrenOf(root, 'Default').some((one) => one.attributes.Extension?.toLowerCase() === 'png');
  if (known) return part;
  const splices = new Splices();
  splices.insert(root.openEnd, `<${root.prefix}Default Extension="png" ContentType="image/png"/>`);
  pack.set(name, splices.apply(text));
  return part;
}

function freePart(pack: Package, beginning: string, end: string): string {
  let number = 1;
  while (pack.has(`${beginning}${number}${end}`)) number += 1;
  return `${beginning}${number}${end}`;
}

function descendants(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((one) => [...(one.name === name ? [one] : []), ...descendants(one, name)]);
}

/** The picture's size on the sheet: as large as its room allows, in its own proportions. */
function sizeOf(png: Uint8Array, room: Room): { readonly width: number; readonly height: number } {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const width = png.byteLength >= 24 ? header.getUint32(16) : 0;
  const height = png.byteLength >= 24 ? header.getUint32(20) : 0;
  if (width === 0 || height === 0) return room;
  const scale = Math.min(room.width / width, room.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function drawingXml(png: Uint8Array, description: string, image: string, room: Room): string {
  const { width, height } = sizeOf(png, room);
  const size = attributes({ cx: width * EMU_PER_PIXEL, cy: height * EMU_PER_PIXEL });
  const properties = attributes({ id: 2, name: NAME, descr: description });
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">' +
    `<xdr:oneCellAnchor><xdr:from><xdr:col>${room.column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${room.row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext${size}/>` +
    `<xdr:pic><xdr:nvPicPr><xdr:cNvPr${properties}/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>` +
    `<xdr:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${image}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>` +
    `<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`
  );
}
