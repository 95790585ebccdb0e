// Holds one JSON document a line against the schemas, with ajv in strict mode: true or false a line.
// Usage: node engines.mjs FOLDER-OF-SCHEMAS FOLDER-WITH-AJV

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [schemas, modules] = process.argv.slice(2);
const { Ajv2020 } = createRequire(join(modules, "anchor.js"))("ajv/dist/2020");
const complain = (...words) => { throw new Error(words.join(" ")); };
const logger = { log: complain, warn: complain, error: complain };
const ajv = new Ajv2020({ strict: true, allErrors: true, logger });
for (const name of readdirSync(schemas)) {
  ajv.addSchema(JSON.parse(readFileSync(join(schemas, name), "utf8")), name);
}
const validate = ajv.getSchema("manifest.schema.json");
for await (const line of createInterface({ input: process.stdin })) {
  console.log(validate(JSON.parse(line)));
}
