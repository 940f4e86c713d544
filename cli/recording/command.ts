/** `southbound record` and its options; what it does is read when it is asked for. */
import { type Command, InvalidArgumentError } from 'commander';

export function recordCommand(southbound: Command): void {
  southbound
    .command('record')
    .description(
      'Passes TMF641 traffic on to a vendor and writes it down: as reports, a mock script and a pact, when it ends.',
    )
    .requiredOption('--target <url>', "where the vendor's API starts")
    .option('--port <n>', 'where the client asks', portNumber, 8630)
    .option('--callback-port <n>', "where the vendor's callbacks come in", portNumber, 8631)
    .option('--host <address>', 'the address that both stand on', '127.0.0.1')
    .option('--callback-url <url>', 'where the vendor reaches the callback port, when that is another address')
    .option('--out <dir>', 'where everything is written', 'recorded')
    .option('--for <duration>', 'ends after that time, for example PT30M')
    .option('--consumer <name>', 'what the pact calls the client', 'Recorded client')
    .option('--provider <name>', 'what the pact calls the vendor', 'Recorded vendor')
    .option('--quiet', 'does not tell what passes')
    .addHelpText(
      'after',
      `
Let the client ask http://127.0.0.1:8630 in place of the vendor, with the same path. A callback that it registers at the
hub is replaced by one of the recorder's own, so that events pass through, too. Credentials are passed on and not written
down.

Written into --out when it ends (Ctrl-C, --for, or a POST to the address that it names):
  trace.json             every request, answer and event
  verification.*         what the rules of "southbound verify" see in it
  som.yaml               a script with which "southbound mock som" behaves as the vendor did
  recorded.json          a pact of what was asked, answered and told

Examples:
  southbound record --target https://som.example/tmf-api/serviceOrdering/v4 --callback-url http://me.example:8631
  southbound record --target http://127.0.0.1:8621/tmf-api/serviceOrdering/v4 --for PT10M --out monday
  southbound mock som --script monday/som.yaml

Exit codes: 0 nothing is wrong with what was recorded, 1 findings, 2 wrong use.`,
    )
    .action(async (options) => {
      const { record } = await import('../record.ts');
      process.exitCode = await record(options);
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  }
  return port;
}
