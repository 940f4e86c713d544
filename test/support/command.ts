/** `southbound` as a process of its own, as its users run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const entry = resolve('bin/southbound.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs a command to its end. @param options.folder where it runs; the project by default. */
export async function southbound(args: readonly string[], options: { folder?: string } = {}): Promise<Ended> {
  return new Running(args, options).ended();
}

/** A command that stands until it is told to end. */
export class Running {
  readonly #process: ChildProcess;
  readonly #ended: Promise<Ended>;
  #out = '';
  #error = '';
  #heard: () => void = () => {};

  constructor(args: readonly string[], { folder }: { folder?: string } = {}) {
    this.#process = spawn(process.execPath, [entry, ...args], {
      cwd: folder ?? process.cwd(),
      env: { ...process.env, NO_COLOR: '1' },
    });
    this.#process.stdout?.on('data', (text: Buffer) => {
      this.#out += text;
      this.#heard();
    });
    this.#process.stderr?.on('data', (text: Buffer) => {
      this.#error += text;
    });
    this.#ended = new Promise((resolveEnd) => {
      this.#process.on('close', (code) => {
        resolveEnd({ code, out: this.#out, error: this.#error });
        this.#heard();
      });
    });
  }

  /** Settles when it has said something that matches, with the match. Rejects when it ends without. */
  async said(expression: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = expression.exec(this.#out);
      if (match !== null) return match;
      if (this.#process.exitCode !== null) throw new Error(`it ended, having said:\n${this.#out}${this.#error}`);
      await new Promise<void>((resolveNext) => {
        this.#heard = resolveNext;
      });
    }
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }

  end(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<Ended> {
    this.#process.kill(signal);
    return this.#ended;
  }
}
