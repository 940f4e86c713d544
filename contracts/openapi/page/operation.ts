/** One operation, to be unfolded: what it takes, what it answers, its examples, and a form to try it where it only reads. */

import { resolved } from '../examples/attached.ts';
import type { MediaType, OpenApi, OperationObject, ParameterObject, ResponseObject } from '../model.ts';
import { exampleList } from './example.ts';
import { html, type Markup } from './markup.ts';
import { shortType } from './schema.ts';

export interface Place {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

export function operationEntry({ method, path, operation }: Place, { servers, components }: OpenApi): Markup {
  const { operationId, summary, description, parameters = [], requestBody } = operation;
  const [server] = servers;
  return html`<details class="operation" id="${operationId}" data-words="${`${method} ${path} ${summary} ${operationId}`.toLowerCase()}">
<summary>${badge(method)} <code class="path">${path}</code> <span class="summary">${summary}</span></summary>
${description === undefined ? '' : html`<p>${description}</p>`}
${parameterTable(parameters)}
${requestBody === undefined ? '' : html`<p>Body${requestBody.required ? '' : ', which may be left out'}: ${bodyTypes(requestBody.content)}</p>`}
${responseTable(operation, components.responses)}
${callbackList(operation)}
${exampleList(operationId, { method, path, url: server?.url ?? '' })}
${method === 'GET' ? tryForm(path, operationId, parameters) : ''}
</details>
`;
}

export function badge(method: string): Markup {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}

function parameterTable(parameters: readonly ParameterObject[]): Markup {
  if (parameters.length === 0) return html``;
  const rows = parameters.map(
    ({ name, in: place, description, schema, required = false }) =>
      html`<tr><td><code>${name}</code></td><td>${place}${required ? '' : ', optional'}</td><td>${shortType(schema)}</td><td>${description}</td></tr>`,
  );
  return html`<h4>Parameters</h4>
<div class="scroll"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>What it is</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function bodyTypes(content: { readonly [mediaType: string]: MediaType }): readonly Markup[] {
  return Object.entries(content).map(
    ([mediaType, { schema }], index) =>
      html`${index === 0 ? '' : ', or '}${shortType(schema)} <span class="soft">as ${mediaType}</span>`,
  );
}

function responseTable({ responses }: OperationObject, refusals: { readonly [name: string]: ResponseObject }): Markup {
  const rows = Object.entries(responses).map(([status, response]) => {
    const { description = '', headers = {}, content = {} } = resolved(response, refusals) ?? {};
    const names = Object.keys(headers).map((name) => html` <code>${name}</code>`);
    const types = Object.values(content).map(({ schema }) => shortType(schema));
    return html`<tr><td><code>${status}</code></td><td>${types}</td><td>${description}${names.length === 0 ? '' : html` <span class="soft">With</span>${names}`}</td></tr>`;
  });
  return html`<h4>Answers</h4>
<div class="scroll"><table><thead><tr><th>Status</th><th>Body</th><th>What it means</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function callbackList({ callbacks = {} }: OperationObject): Markup {
  const rows = Object.values(callbacks).flatMap((byExpression) =>
    Object.entries(byExpression).flatMap(([expression, item]) =>
      Object.entries(item).map(
        ([method, { requestBody }]) =>
          html`<tr><td>${badge(method.toUpperCase())} <code>${expression.replace('{$request.body#/callback}', '<callback>')}</code></td><td>${bodyTypes(requestBody?.content ?? {})}</td></tr>`,
      ),
    ),
  );
  if (rows.length === 0) return html``;
  return html`<h4>What subscribers are told</h4>
<div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}

/** Shown by the script only: without it, nothing could be sent. */
function tryForm(path: string, operationId: string, parameters: readonly ParameterObject[]): Markup {
  const fields = parameters
    .filter((parameter) => parameter.in !== 'header')
    .map((parameter) => {
      const { name, in: place } = parameter;
      const id = `${operationId}-${name}`;
      const hint = parameter.style === 'form' ? 'state=completed' : '';
      return html`<label for="${id}">${name}</label><input id="${id}" name="${name}" data-in="${parameter.style === 'form' ? 'filter' : place}" placeholder="${hint}" autocomplete="off"${place === 'path' ? html` required` : ''}>`;
    });
  return html`<form class="try" data-path="${path}" hidden>
<h4>Try it</h4>
<div class="fields">${fields}</div>
<button>Send GET</button>
<pre class="answer" aria-live="polite" hidden></pre>
</form>`;
}
