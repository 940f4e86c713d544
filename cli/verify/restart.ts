/** Restarts the vendor with a command of the user's. */
import { spawn } from 'node:child_process';
import { WrongUse } from '../terminal.ts';

/** @returns undefined when there is no command. */
export function restarter(command: string | undefined): (() => Promise<void>) | undefined {
  if (command === undefined) return undefined;
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(command, { shell: true, stdio: ['ignore', 'ignore', 'inherit'] });
      child.once('error', (failure) => reject(new WrongUse(`--restart-command: ${failure.message}`)));
      child.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new WrongUse(`--restart-command ended with ${code}: ${command}`));
      });
    });
}
