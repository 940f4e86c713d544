/** The types of an API, each as a table of its attributes, to be unfolded. */
import type { JsonSchema } from '../../schemas/validator.ts';
import { html, type Markup } from './markup.ts';

/** @param schemas by component, those of one API. */
export function typeList(api: string, schemas: readonly (readonly [component: string, JsonSchema])[]): Markup {
  if (schemas.length === 0) return html``;
  return html`<details class="types"><summary>Types of ${api} (${schemas.length})</summary>
${schemas.map(([component, schema]) => typeEntry(component, schema))}
</details>`;
}

/** What a schema says in one line: a type by its name, with a link to it. */
export function shortType(schema: JsonSchema): Markup {
  const { $ref, type, items, enum: values, anyOf, format } = schema;
  if (typeof $ref === 'string') return link($ref);
  if (isSchema(items)) return html`${shortType(items)}[]`;
  if (Array.isArray(anyOf)) return html`one of ${separated(anyOf.filter(isSchema).map(shortType))}`;
  if (Array.isArray(values))
    return html`${separated(values.map((value) => html`<code>${JSON.stringify(value)}</code>`))}`;
  const name = [type].flat().map(String).join(' or ');
  return html`${type === undefined ? 'any value' : name}${typeof format === 'string' ? ` (${format})` : ''}`;
}

function typeEntry(component: string, schema: JsonSchema): Markup {
  const name = component.slice(component.indexOf('_') + 1);
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return html`<details class="type" id="${component}"><summary><code>${name}</code></summary>
${textOf(schema.description)}
${properties.length === 0 ? html`<p>${shortType(schema)}</p>` : html`<div class="scroll"><table><thead><tr><th>Attribute</th><th>Type</th><th>What it is</th></tr></thead><tbody>${properties.map(([attribute, each]) => attributeRow(attribute, isSchema(each) ? each : {}, required.includes(attribute)))}</tbody></table></div>`}
</details>
`;
}

function attributeRow(name: string, schema: JsonSchema, isRequired: boolean): Markup {
  const remarks = [isRequired ? 'must be there' : '', schema.readOnly === true ? 'set by whoever answers' : ''].filter(
    (each) => each !== '',
  );
  return html`<tr><td><code>${name}</code></td><td>${shortType(schema)}</td><td>${typeof schema.description === 'string' ? schema.description : ''}${remarks.map((remark) => html` <em>${remark}</em>`)}</td></tr>`;
}

function textOf(description: unknown): Markup {
  return typeof description === 'string' ? html`<p>${description}</p>` : html``;
}

function link(reference: string): Markup {
  const component = reference.slice(reference.lastIndexOf('/') + 1);
  return html`<a href="#${component}">${component.slice(component.indexOf('_') + 1)}</a>`;
}

function separated(parts: readonly Markup[]): readonly Markup[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [html`, `, part]));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
