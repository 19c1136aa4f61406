import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
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

type Validators = Readonly<Record<ParameterType, ValidateFunction>>;

let validators: Promise<Validators> | undefined;

/** The check of one parameter type. The first call of all may take seconds: see `writeValidators`. */
export async function validatorOf(type: ParameterType): Promise<ValidateFunction> {
  validators ??= loadValidators();
  return (await validators)[type];
}

/** Loads every check, so that no request waits for it. */
export async function prepareSchemas(): Promise<void> {
  for (const type of parameterTypes) await validatorOf(type);
}

async function loadValidators(): Promise<Validators> {
  const file = await writeValidators();
  return createRequire(file)(file) as Validators;
}

/**
 * The checks as code on disk: made once for a version of the SDK and of the packages that make them, which takes
 * seconds. Returns the file.
 */
export async function writeValidators(): Promise<string> {
  const file = join(root, 'node_modules/.cache/jalon-notion-simulator', `${cacheKey()}.cjs`);
  if (existsSync(file)) return file;
  const code = codeOf(await generateDefinitions());
  mkdirSync(dirname(file), { recursive: true });
  // Several processes may write it at once: each writes its own, and the last one renamed stays.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, code);
  renameSync(own, file);
  return file;
}

function codeOf(definitions: JsonObject): string {
  mendWhatTheTypesMiss(definitions);
  const checker = new Ajv({ strict: false, allErrors: true, code: { source: true } });
  checker.addSchema({ definitions }, 'sdk');
  for (const type of parameterTypes) checker.addSchema({ $ref: `sdk#/definitions/${type}` }, type);
  return standalone.default(checker, Object.fromEntries(parameterTypes.map((type) => [type, type])));
}

function cacheKey(): string {
  const packages = ['@notionhq/client', 'ts-json-schema-generator', 'ajv'];
  const versions = packages.map((name) =>
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  );
  return createHash('sha256')
    .update(JSON.stringify([versions, readFileSync(fileURLToPath(import.meta.url), 'utf8')]))
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
