import { asList, asText, type Json, type JsonObject } from './json.ts';
import type { Page, Property } from './records.ts';
import { relatedIds, renderValue } from './render.ts';
import type { Caller, World } from './world.ts';

/** Counts and lists are rolled up; other functions answer «unsupported», as Notion does for what it cannot tell. */
export function rollUp(world: World, caller: Caller, page: Page, property: Property): JsonObject {
  const rollupFunction = asText(property.settings.function);
  const source = world.get('data_source', page.parent.id);
  const relation = source?.properties.find(({ id }) => id === property.settings.relationId);
  if (relation?.relation === undefined)
    return { type: 'incomplete', incomplete: {}, function: rollupFunction };
  const target = world.get('data_source', relation.relation.dataSourceId);
  const rolled = target?.properties.find(({ id }) => id === property.settings.rollupId);
  const pages = relatedIds(world, caller, page, relation).map((id) => world.get('page', id));
  const values = pages.map(
    (other): Json =>
      other === undefined || rolled === undefined
        ? null
        : { type: rolled.type, [rolled.type]: renderValue(world, caller, other, rolled) },
  );
  if (rollupFunction === 'count') return { type: 'number', number: values.length, function: rollupFunction };
  if (rollupFunction.startsWith('show_')) {
    return { type: 'array', array: asList(values), function: rollupFunction };
  }
  return { type: 'unsupported', unsupported: {}, function: rollupFunction };
}
