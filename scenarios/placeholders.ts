/** `{{broadband.outboundRequests.0.requestId}}` in a scenario stands for what the order of that name says there. */

/** The value with every placeholder filled in; one that leads nowhere stays as it is. */
export function filledIn(value: unknown, from: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\{\{([^}]+)\}\}/g, (whole, path) => textAt(from, path.trim()) ?? whole);
  if (Array.isArray(value)) return value.map((element) => filledIn(element, from));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filledIn(part, from)]));
}

function textAt(from: unknown, path: string): string | undefined {
  let at: unknown = from;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as { readonly [key: string]: unknown })[key]; // an object with that key, as just checked
  }
  return typeof at === 'object' || at === undefined ? undefined : String(at);
}
