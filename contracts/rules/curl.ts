/** A request as a command that anybody can repeat. */
import type { TracedExchange } from '../records/trace.ts';

/** Longer bodies are cut in a command that people read; the whole is in the evidence. */
const longestBody = 4_000;

/** @param origin scheme and host of the vendor. */
export function curlOf({ request }: TracedExchange, origin: string): string {
  const { method, path, headers, body } = request;
  const shown = Object.entries(headers).filter(([name]) => name === 'content-type' || name === 'accept');
  const credentials = Object.entries(headers).flatMap(([name, value]) =>
    name === 'authorization' || value === '[redacted]' ? [`-H "${name}: $CREDENTIALS"`] : [],
  );
  const text = body === undefined ? '' : body.text;
  const data =
    text === '' ? [] : [`--data-raw ${quoted(text.length > longestBody ? `${text.slice(0, longestBody)}...` : text)}`];
  return [
    'curl -i',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...shown.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...credentials,
    ...data,
    quoted(`${origin}${path}`),
  ].join(' ');
}

/** As one word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
