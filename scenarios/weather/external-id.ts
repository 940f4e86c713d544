/** The `externalId` that a message names, whichever way it travels: an order or a question, an event about one, or an outboundresponse. */
export function externalIdIn(body: unknown): string | undefined {
  const found =
    textAt(body, ['externalId']) ??
    textAt(body, ['event', 'serviceOrder', 'externalId']) ??
    textAt(body, ['event', 'checkServiceQualification', 'externalId']);
  return typeof found === 'string' ? found : undefined;
}

function textAt(body: unknown, path: readonly string[]): unknown {
  let at: unknown = body;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as { readonly [name: string]: unknown })[key]; // an object with that key, as just checked
  }
  return at;
}
