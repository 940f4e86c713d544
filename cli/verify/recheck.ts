/** `southbound recheck`: judges the evidence of a verification again, without a network. */
import { readFileSync } from 'node:fs';
import { recheck as differences, openBundle } from '../../contracts/rules/bundle.ts';
import { summary } from '../../reports/verification/terminal.ts';
import { colour, say, toned, WrongUse } from '../terminal.ts';

/** 0 everything is reproduced, 1 it is not, 2 it is no bundle or was changed. */
export function recheck(file: string): number {
  const opened = openBundle(textOf(file));
  if (!opened.ok) throw new WrongUse(`${file}: ${opened.problem}`);
  const { record } = opened;
  for (const line of summary(record)) say(toned(line));
  const found = differences(record);
  say();
  if (found.length === 0) {
    say(
      colour(
        'green',
        `Unchanged, and every verdict is reproduced (${record.rules.length} rules, ${record.trace.exchanges.length} exchanges).`,
      ),
    );
    return 0;
  }
  say(colour('red', `Judged again, ${found.length} verdicts are not the same:`));
  for (const difference of found) say(`  ${difference}`);
  say(`It was written by southbound ${record.version}; other versions may have other rules.`);
  return 1;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    throw new WrongUse(`${file}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`);
  }
}
