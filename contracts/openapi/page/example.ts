/** An example: the command line that sends it, and what came back when it was sent. */
import { type ToldExample, toldWalk } from '../examples/told.ts';
import { html, type Markup, plainText } from './markup.ts';

/** @param url where the order management is reached, without a slash at the end. */
export function exampleList(
  operationId: string,
  place: { readonly method: string; readonly path: string; readonly url: string },
): Markup {
  const examples = toldWalk.filter(({ operation }) => operation === operationId);
  if (examples.length === 0) return html``;
  return html`<h4>Examples</h4>
${examples.map((example) => exampleEntry(example, place))}`;
}

function exampleEntry(
  example: ToldExample,
  { method, path, url }: { readonly method: string; readonly path: string; readonly url: string },
): Markup {
  const { step, name, summary, status, answer } = example;
  const shown = answer === undefined ? html`` : html`<pre>${plainText(pretty(answer))}</pre>`;
  return html`<details class="example" id="step-${name}"><summary><span class="step">Step ${step}</span> ${summary} <span class="status">${status}</span></summary>
<pre class="request">${plainText(commandLine(example, method, `${url}${targetOf(example, path)}`))}</pre>
${shown}
</details>
`;
}

/** The path with its names filled in, and the query. */
export function targetOf({ path: values = {}, query = {} }: Pick<ToldExample, 'path' | 'query'>, path: string): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (text, name: string) => encodeURIComponent(values[name] ?? text));
  const asked = new URLSearchParams(query).toString();
  return asked === '' ? filled : `${filled}?${asked}`;
}

/** For a POSIX shell. */
export function commandLine(
  { headers = {}, body }: Pick<ToldExample, 'headers' | 'body'>,
  method: string,
  url: string,
): string {
  const all = body === undefined ? headers : { 'content-type': 'application/json', ...headers };
  return [
    `curl -sS ${method === 'GET' ? '' : `-X ${method} `}${quoted(url)}`,
    ...Object.entries(all).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quoted(pretty(body))}`]),
  ].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
