/** Imports every schema named on the command line, as a user's editor or validator would. */
import scenarioSchema from 'southbound/schemas/scenario.schema.json' with { type: 'json' };

const title: string = scenarioSchema.$id;
console.log(title);
for (const name of process.argv.slice(2)) {
  const { default: schema } = await import(`southbound/schemas/${name}`, { with: { type: 'json' } });
  if (!schema.$id.endsWith(`/${name}`)) throw new Error(`southbound/schemas/${name} is ${schema.$id}`);
}
