/** Writes the JSON Schemas of the files that people write into `templates/schema`. Run by `npm run schema`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { jsonSchemas } from '#src/config/json-schemas.ts';

const folder = process.argv[2] ?? 'templates/schema';
await mkdir(folder, { recursive: true });
for (const [name, schema] of jsonSchemas()) {
  await writeFile(`${folder}/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
}
