import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { asObject, type JsonObject } from './json.ts';

/** Parameter types of the installed SDK of which the bodies are checked. */
const parameterTypes = [
  'CreatePageParameters',
  'UpdatePageParameters',
  'MovePageParameters',
  'CreateDatabaseParameters',
  'UpdateDatabaseParameters',
  'CreateDataSourceParameters',
  'UpdateDataSourceParameters',
  'QueryDataSourceParameters',
  'AppendBlockChildrenParameters',
  'UpdateBlockParameters',
  'CreateCommentParameters',
  'UpdateCommentParameters',
  'CreateViewParameters',
  'UpdateViewParameters',
  'CreateFileUploadParameters',
  'SearchParameters',
] as const;
export type ParameterType = (typeof parameterTypes)[number];

const modules = '{pages,databases,data-sources,blocks,comments,views,file-uploads,search}.d.ts';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const sdk = join(root, 'node_modules/@notionhq/client');
const typesFolder = join(sdk, 'build/src/api-endpoints');

let ajv: Promise<Ajv> | undefined;
const validators = new Map<ParameterType, ValidateFunction>();

/** The check of one parameter type. The first call of all may take seconds: it reads the SDK's types. */
export async function validatorOf(type: ParameterType): Promise<ValidateFunction> {
  ajv ??= loadAjv();
  const loaded = await ajv;
  const known = validators.get(type);
  if (known !== undefined) return known;
  const validate = loaded.compile({ $ref: `sdk#/definitions/${type}` });
  validators.set(type, validate);
  return validate;
}

/** Compiles every check, so that no request waits for it: about a second, once in a process. */
export async function prepareSchemas(): Promise<void> {
  for (const type of parameterTypes) await validatorOf(type);
}

async function loadAjv(): Promise<Ajv> {
  const definitions = await loadDefinitions();
  mendWhatTheTypesMiss(definitions);
  const checker = new Ajv({ strict: false, allErrors: true });
  checker.addSchema({ definitions }, 'sdk');
  return checker;
}

/** Generated once for a version of the SDK and of the generator, then read from disk. */
async function loadDefinitions(): Promise<JsonObject> {
  const file = join(root, 'node_modules/.cache/jalon-notion-simulator', `${cacheKey()}.json`);
  try {
    return asObject(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    const definitions = await generateDefinitions();
    mkdirSync(dirname(file), { recursive: true });
    // Several test processes may write it at once: each writes its own, and the last one renamed stays.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify(definitions));
    renameSync(own, file);
    return definitions;
  }
}

function cacheKey(): string {
  const packages = [sdk, join(root, 'node_modules/ts-json-schema-generator')];
  const versions = packages.map((folder) => readFileSync(join(folder, 'package.json'), 'utf8'));
  return createHash('sha256')
    .update(JSON.stringify([versions, parameterTypes, modules]))
    .digest('hex')
    .slice(0, 16);
}

async function generateDefinitions(): Promise<JsonObject> {
  const { createGenerator } = await import('ts-json-schema-generator');
  const generator = createGenerator({
    path: join(typesFolder, modules),
    tsconfig: join(root, 'tsconfig.json'),
    skipTypeCheck: true,
    expose: 'all',
    additionalProperties: false,
    jsDoc: 'none',
    topRef: true,
  });
  const definitions: JsonObject = {};
  for (const type of parameterTypes) Object.assign(definitions, generator.createSchema(type).definitions);
  return definitions;
}

/**
 * The SDK types the filter and sorts of a view as never, and does not know `group` of a status option; Notion takes
 * all of them. `groups` it passes over.
 */
function mendWhatTheTypesMiss(definitions: JsonObject): void {
  const query = asObject(asObject(definitions.QueryDataSourceParameters).properties);
  definitions.ViewFilterRequest = query.filter;
  definitions.ViewSortRequest = asObject(query.sorts).items;
  definitions.QuickFilterConditionRequest = { type: 'object', not: { required: ['property'] } };
  const group = { enum: ['To-do', 'In progress', 'Complete'] };
  for (const name of ['StatusPropertyConfigRequest', 'StatusPropertyConfigUpdateRequest']) {
    const status = asObject(asObject(definitions[name]).properties);
    status.groups = { type: 'array' };
    const option = asObject(asObject(status.options).items);
    const shapes = Array.isArray(option.anyOf) ? option.anyOf : [option];
    for (const shape of shapes) asObject(asObject(shape).properties).group = group;
  }
}
