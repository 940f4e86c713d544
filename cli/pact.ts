/** `southbound pact verify|publish`: holds an endpoint to our pacts, and shares pacts and results through a Pact broker. */
import { type Command, Option } from 'commander';

export function pactCommand(southbound: Command): void {
  const pacts = southbound
    .command('pact')
    .description('Pacts: what our order management sends and reads, held to an endpoint, or shared through a broker.');
  verifyCommand(pacts);
  publishCommand(pacts);
}

function verifyCommand(pacts: Command): void {
  pacts
    .command('verify')
    .description('Asks an endpoint what a pact asks, and looks whether the answers hold what the pact reads of them.')
    .argument('<url>', 'where its API starts, such as http://vendor.example/tmf-api/serviceOrdering/v4')
    .addOption(
      new Option('--as <system>', 'what our order management asks of that kind of system; som by default').choices([
        'som',
        'inventory',
      ]),
    )
    .option('--pact <file>', 'a pact of your own instead; repeatable', listed)
    .option('--broker <url>', 'the latest pacts from a Pact broker instead; needs --provider')
    .option('--provider <name>', 'with --broker: what the endpoint is called there')
    .option('--token-from <NAME>', 'with --broker: the variable with its token')
    .option('--auth <scheme=NAMES>', 'bearer=TOKEN, basic=USER:PASSWORD, apiKey=KEY: names of variables')
    .option('--time-limit <duration>', 'a verification that takes longer is stopped', 'PT1M')
    .option('--out <file>', 'writes the results there (JSON); "pact publish --results" takes them')
    .addHelpText(
      'after',
      `
Needs Pact itself, which is large and not installed along: npm install --save-dev @pact-foundation/pact@17

A provider state that the API can bring about is brought about through it: an order is placed, a question asked, a listener
registered, each with an id of its own. Interactions in any other state are skipped (of an inventory system: whatever depends on
what it has), and so are messages: "southbound verify" hears those.

The verdict says whether the answers hold what the consumer reads of them. It does not say whether the endpoint follows
TMF641 over the life of an order; that is "southbound verify".

Examples:
  southbound pact verify http://127.0.0.1:8621/tmf-api/serviceOrdering/v4
  southbound pact verify http://127.0.0.1:8626/tmf-api/serviceQualificationManagement/v4 --as inventory
  southbound pact verify https://som.example/api --pact recorded/recorded.json --auth bearer=SOM_TOKEN
  southbound pact verify https://som.example/api --broker https://broker.example --provider SOM --out results.json

Exit codes: 0 every interaction that could be verified holds, 1 one does not, or the time was up, 2 nothing could be
verified, or wrong use.`,
    )
    .action(async (url, options) => {
      const { verifyPacts } = await import('./pacts/verify.ts');
      process.exitCode = await verifyPacts(url, options);
    });
}

function publishCommand(pacts: Command): void {
  pacts
    .command('publish')
    .description('Publishes our pacts to a Pact broker; with --results, what an endpoint made of pacts from there.')
    .requiredOption('--broker <url>', 'where it is')
    .requiredOption('--version <version>', 'of the consumer; with --results, of the endpoint')
    .option('--branch <name>', 'the branch that this version is on')
    .option('--build-url <url>', 'where the build can be seen')
    .option('--token-from <NAME>', 'the variable with its token')
    .option(
      '--pact <file>',
      'a pact; repeatable. By default: all of which our order management is the consumer',
      listed,
    )
    .option('--results <file>', 'what "pact verify --broker ... --out" has written')
    .option('--accept-skipped', 'with --results: counts interactions that were skipped as kept')
    .addHelpText(
      'after',
      `
Examples:
  southbound pact publish --broker https://broker.example --token-from BROKER_TOKEN --version 1.4.0 --branch main
  southbound pact publish --broker https://broker.example --version 2026.11 --results results.json --accept-skipped

Exit codes: 0 it is there, 2 it is not, or wrong use.`,
    )
    .action(async (options) => {
      const { publish } = await import('./pacts/publish.ts');
      process.exitCode = await publish(options);
    });
}

function listed(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
