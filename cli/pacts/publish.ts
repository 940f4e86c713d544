/** `southbound pact publish`: our pacts, or what became of a broker's pacts, to that broker. */
import { mergePacts, type PactDocument } from '../../contracts/pacts/merge.ts';
import type { Client } from '../../exchange/client.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { freshSeed } from '../../kernel/chance.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { readContent } from '../../scenarios/files.ts';
import { say, WrongUse } from '../terminal.ts';
import { version as toolVersion } from '../version.ts';
import { Broker, type Contract } from './broker.ts';
import { callbacksFile, type Pact, readPact, requestsFiles } from './documents.ts';
import { type PactResult, readResults } from './results.ts';

export interface PublishOptions {
  readonly broker: string;
  readonly version: string;
  readonly branch?: string;
  readonly buildUrl?: string;
  readonly tokenFrom?: string;
  readonly pact?: readonly string[];
  readonly results?: string;
  readonly acceptSkipped?: boolean;
}

export async function publish(options: PublishOptions): Promise<number> {
  if (options.results !== undefined && options.pact !== undefined) {
    throw new WrongUse('--results and --pact are two things to publish: do one after the other.');
  }
  const work = options.results === undefined ? contractsOf(options.pact) : acceptableResults(options);
  const kernel = new SystemKernel({ seed: freshSeed(), onFault: (fault) => console.error(fault) });
  try {
    const broker = brokerAt(options, fetchClient(kernel));
    if ('contracts' in work) await publishPacts(broker, work.contracts, options);
    else await publishResults(broker, work.results, options);
  } finally {
    kernel.close();
  }
  return 0;
}

/** @param options.tokenFrom the variable of the environment with the token. */
export function brokerAt(
  { broker, tokenFrom }: { readonly broker: string; readonly tokenFrom?: string | undefined },
  client: Client,
): Broker {
  const url = URL.canParse(broker) ? new URL(broker) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new WrongUse(`--broker expects a URL without credentials, such as https://broker.example; got ${broker}.`);
  }
  const token = tokenFrom === undefined ? undefined : process.env[tokenFrom];
  if (tokenFrom !== undefined && (token === undefined || token === '')) {
    throw new WrongUse(`--token-from ${tokenFrom}: there is no variable of that name in the environment.`);
  }
  return new Broker({ client, url: broker, token });
}

/** Those in which our order management is the consumer, whose version is given. */
const usualFiles = [...Object.values(requestsFiles), callbacksFile];

/** A broker keeps one pact for each pair: what is in several files goes there as one. */
function contractsOf(files: readonly string[] = usualFiles): { contracts: Contract[] } {
  const pacts = files.map((file) => readPact(file));
  const pairs = Map.groupBy(pacts, ({ consumer, provider }) => JSON.stringify([consumer.name, provider.name]));
  return { contracts: [...pairs.values()].flatMap(merged) };
}

function merged(pacts: readonly Pact[]): Contract[] {
  const [first] = pacts;
  if (first === undefined) return [];
  const descriptions = pacts.flatMap(({ interactions }) => interactions.map(({ description }) => description));
  const pact = mergePacts(pacts as readonly PactDocument[], descriptions); // of which readPact knows as much as is needed
  if (!pact.ok) throw new WrongUse(pact.problems.join('\n'));
  return [{ consumerName: first.consumer.name, providerName: first.provider.name, text: pact.text }];
}

async function publishPacts(broker: Broker, contracts: readonly Contract[], options: PublishOptions): Promise<void> {
  const { version, branch, buildUrl } = options;
  const byConsumer = Map.groupBy(contracts, ({ consumerName }) => consumerName);
  for (const [consumer, own] of byConsumer) {
    const notices = await broker.publish(own, { version, branch, buildUrl });
    for (const { providerName } of own) say(`published: ${consumer} ${version} with ${providerName}`);
    for (const notice of notices) say(`  ${notice.trim()}`);
  }
}

interface Publishable extends PactResult {
  readonly publishAt: string;
}

/** Throws a `WrongUse` for results that say too little to be published. */
function acceptableResults({ results: file = '', acceptSkipped = false }: PublishOptions): { results: Publishable[] } {
  const { pacts } = readContent(file, readResults);
  const results = pacts.map((result): Publishable => {
    const { publishAt, source, interactions } = result;
    if (publishAt === undefined) {
      throw new WrongUse(`${file}: ${source} does not come from a broker. Verify with --broker and --provider first.`);
    }
    const unreached = interactions.filter(({ outcome }) => outcome === 'not reached');
    if (unreached.length > 0)
      throw new WrongUse(`${file}: ${unreached.length} interactions were not reached. Verify again.`);
    const skipped = interactions.filter(({ outcome }) => outcome === 'skipped');
    if (skipped.length > 0 && !acceptSkipped && interactions.every(({ outcome }) => outcome !== 'broken')) {
      const which = skipped.map(({ description }) => `\n  ${description}`).join('');
      throw new WrongUse(
        `${file}: nobody knows of these interactions whether they hold; --accept-skipped counts them as kept:${which}`,
      );
    }
    return { ...result, publishAt };
  });
  return { results };
}

async function publishResults(broker: Broker, results: readonly Publishable[], options: PublishOptions): Promise<void> {
  const { version, branch, buildUrl } = options;
  for (const { consumer, provider, publishAt, interactions } of results) {
    if (branch !== undefined) await broker.putOnBranch(provider, version, branch);
    const success = interactions.every(({ outcome }) => outcome !== 'broken');
    await broker.publishResult(publishAt, {
      success,
      providerApplicationVersion: version,
      ...(buildUrl === undefined ? {} : { buildUrl }),
      testResults: { interactions },
      verifiedBy: { implementation: 'Southbound', version: toolVersion },
    });
    say(`published: ${provider} ${version} ${success ? 'keeps' : 'breaks'} the pact of ${consumer}`);
  }
}
