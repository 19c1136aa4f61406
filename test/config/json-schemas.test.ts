import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { jsonSchemas } from '#src/config/json-schemas.ts';

const FOLDER = 'templates/schema';

function published(name: string): unknown {
  return JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'));
}

describe('the published JSON Schemas', () => {
  it('are those of the code; otherwise run `npm run schema`', () => {
    const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));

    expect(names.toSorted()).toEqual([...jsonSchemas().keys()].toSorted());
    for (const [name, schema] of jsonSchemas()) expect(published(name), name).toEqual(schema);
  });

  it('let a condition hold conditions', () => {
    const { definitions } = published('step') as {
      definitions: { Condition: { properties: Record<string, unknown> } };
    };

    const { any, not } = definitions.Condition.properties;

    expect(any).toMatchObject({ items: { $ref: '#/definitions/Condition' } });
    expect(not).toEqual({ allOf: [{ $ref: '#/definitions/Condition' }] });
  });

  it.each([
    ['template', 'template.yaml'],
    ['calendar', 'calendar.yaml'],
    ['sources', 'sources.yaml'],
    ['registers', 'registers.yaml'],
    ['watch', 'watch.yaml'],
    ['step', 'steps/1-comprendre.yaml'],
  ])('accept the files that ship: %s', (name, file) => {
    const schema = z.fromJSONSchema(published(name) as never);
    const value: unknown = parse(readFileSync(`templates/facturation-electronique/${file}`, 'utf8'));

    expect(schema.safeParse(value).error).toBeUndefined();
  });

  it('refuse what the code refuses in a nested condition', () => {
    const schema = z.fromJSONSchema(published('calendar') as never);
    const value = parse(readFileSync('templates/facturation-electronique/calendar.yaml', 'utf8'));
    value.obligations[0].dates[0].when = { not: { any: [{ size: ['petite'] }] } };

    expect(schema.safeParse(value).success).toBe(false);
  });
});
