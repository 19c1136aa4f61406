import type { ErrorObject } from 'ajv';
import { invalid, invalidBody } from './api-error.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import { checkLimits } from './limits.ts';
import { type ParameterType, validatorOf } from './schemas.ts';

/** Names that 2026-03-11 has replaced, or that no endpoint is sure to take. */
const retired: Partial<Record<ParameterType, readonly string[]>> = {
  UpdatePageParameters: ['archived'],
  UpdateDatabaseParameters: ['archived'],
  UpdateDataSourceParameters: ['archived'],
  UpdateBlockParameters: ['archived'],
  AppendBlockChildrenParameters: ['after'],
  QueryDataSourceParameters: ['archived', 'in_trash', 'is_archived'],
};

/** What Notion drops without a word, so that the request seems to have been obeyed. */
const dropped: Partial<Record<ParameterType, readonly string[]>> = {
  CreateDatabaseParameters: ['properties'],
};

/**
 * The body as Notion takes it: what it drops is dropped.
 * @throws ApiError 400 in Notion's form when it would be refused.
 */
export async function checkedBody(
  type: ParameterType,
  body: JsonObject,
  pathParameters: JsonObject,
  sizeBytes: number,
): Promise<JsonObject> {
  const taken = without(body, dropped[type] ?? []);
  for (const name of retired[type] ?? []) {
    if (name in taken)
      throw invalidBody(`body.${name} should be not present, instead was \`${shown(taken[name])}\`.`);
  }
  checkLimits(taken, sizeBytes);
  const validate = await validatorOf(type);
  const parameters = { ...taken, ...pathParameters };
  if (!validate(parameters)) throw refusalOf(validate.errors ?? [], parameters);
  return taken;
}

function without(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** Where a value may have several shapes, the error deepest inside is the one about the shape that was meant. */
function refusalOf(errors: readonly ErrorObject[], body: JsonObject): Error {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length * 10 - weight(error);
  const deepest = errors
    .filter(({ keyword }) => !['anyOf', 'oneOf', 'not'].includes(keyword))
    .toSorted((one, other) => depth(other) - depth(one))[0];
  return deepest === undefined ? invalid('body failed validation.') : invalidBody(sentence(deepest, body));
}

function weight({ keyword }: ErrorObject): number {
  return { type: 0, enum: 1, const: 1, additionalProperties: 2, required: 3 }[keyword] ?? 1;
}

function sentence(error: ErrorObject, body: JsonObject): string {
  const at = `body${error.instancePath
    .split('/')
    .slice(1)
    .map((part) =>
      /^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`,
    )
    .join('')}`;
  if (error.keyword === 'required') {
    return `${at}.${error.params.missingProperty} should be defined, instead was \`undefined\`.`;
  }
  const value = valueAt(body, error.instancePath);
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    return `${at}.${name} should be not present, instead was \`${shown(isObject(value) ? value[name] : undefined)}\`.`;
  }
  return `${at} should be ${expectation(error)}, instead was \`${shown(value)}\`.`;
}

function expectation(error: ErrorObject): string {
  if (error.keyword === 'enum')
    return error.params.allowedValues.map((one: Json) => `\`${shown(one)}\``).join(' or ');
  if (error.keyword === 'const') return `\`${shown(error.params.allowedValue)}\``;
  if (error.keyword === 'type') return `a ${error.params.type}`;
  return error.message ?? 'valid';
}

function valueAt(body: JsonObject, pointer: string): Json | undefined {
  let at: Json | undefined = body;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at = Array.isArray(at) ? at[Number(key)] : isObject(at) ? at[key] : undefined;
  }
  return at;
}

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
