/** Has Pact verify one pact, and tells its parent what was found. A process of its own, since Pact may never end. */
import { pathToFileURL } from 'node:url';

export interface Assignment {
  /** Path of the pact. */
  readonly pact: string;
  readonly provider: string;
  readonly providerUrl: string;
  /** The file that Pact is imported from. */
  readonly library: string;
}

/** By the description of each interaction: what does not match, nothing when it holds. */
export interface Verdict {
  readonly [description: string]: readonly string[];
}

/** What we use of `@pact-foundation/pact` 17; it is no dependency, so its types are not there. */
interface PactLibrary {
  readonly Verifier: new (options: object) => { verifyProvider(): Promise<string> };
}

/** What Pact's verifier gives, as text, whether it is content or throws. */
interface Report {
  readonly interactionResults?: readonly {
    readonly description: string;
    readonly result: string;
    readonly mismatch?: { readonly mismatches?: readonly { readonly path?: string; readonly mismatch: string }[] };
  }[];
}

const assignment: Assignment = JSON.parse(process.argv[2] ?? '{}');
process.send?.(await verdictOf(assignment), () => process.exit());

async function verdictOf({ pact, provider, providerUrl, library }: Assignment): Promise<Verdict> {
  const loaded = await import(pathToFileURL(library).href);
  const { Verifier } = (loaded.Verifier === undefined ? loaded.default : loaded) as PactLibrary; // the package has one
  const verifier = new Verifier({ provider, providerBaseUrl: providerUrl, pactUrls: [pact], logLevel: 'error' });
  const text = await verifier.verifyProvider().catch((failure: unknown) => (failure as Error).message); // its only kind
  const { interactionResults = [] }: Report = JSON.parse(text);
  return Object.fromEntries(
    interactionResults.map(({ description, result, mismatch }) => {
      const mismatches = mismatch?.mismatches?.map((each) => `${each.path ?? ''} ${each.mismatch}`.trim());
      return [description, result === 'OK' ? [] : (mismatches ?? [result])];
    }),
  );
}
