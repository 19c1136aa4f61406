import type { CreateDatabaseParameters, UpdateDataSourceParameters } from '@notionhq/client';
import { ARRAY_LIMIT } from './limits.ts';
import type { WantedOption, WantedProperty } from './tables.ts';

type InitialDataSource = NonNullable<CreateDatabaseParameters['initial_data_source']>;
export type CreateProperties = NonNullable<InitialDataSource['properties']>;
export type UpdateProperties = NonNullable<UpdateDataSourceParameters['properties']>;

type Configuration = CreateProperties[string] & NonNullable<UpdateProperties[string]>;

/** What Notion is asked to make of a property. @throws TypeError for a relation, which needs the id of its target. */
export function configuration(wanted: WantedProperty, statusType: 'status' | 'select'): Configuration {
  const { description, options } = wanted;
  const type = wanted.type === 'status' ? statusType : wanted.type;
  const requests = options
    .slice(0, ARRAY_LIMIT)
    .map((one) => optionRequest(one, type === 'status', one.title));
  switch (type) {
    case 'number':
      return { description, number: { format: wanted.format ?? 'number' } };
    case 'select':
      return { description, select: { options: requests } };
    case 'multi_select':
      return { description, multi_select: { options: requests } };
    case 'status':
      return { description, status: { options: requests } };
    case 'title':
      return { description, title: {} };
    case 'rich_text':
      return { description, rich_text: {} };
    case 'date':
      return { description, date: {} };
    case 'people':
      return { description, people: {} };
    case 'checkbox':
      return { description, checkbox: {} };
    case 'url':
      return { description, url: {} };
    case 'email':
      return { description, email: {} };
    case 'relation':
      throw new TypeError('A relation needs the id of a data source.');
  }
}

/** Notion takes `group`, which the SDK's types do not know yet. The description keeps the first name of the option. */
export function optionRequest({ title, color, group }: WantedOption, isStatus: boolean, name: string) {
  return { name, color, description: title, ...(isStatus && group !== undefined && { group }) };
}
