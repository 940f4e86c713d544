/** A bar that says how far a long work is; on a terminal only. */
const width = 24;

export interface Progress {
  show(done: number, all: number, about: string): void;
  /** Leaves the line as if nothing had been there. */
  end(): void;
}

export function openProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { show: () => {}, end: () => {} };
  return {
    show: (done, all, about) => {
      const filled = Math.round((width * done) / Math.max(1, all));
      const bar = `${'#'.repeat(filled)}${'.'.repeat(width - filled)}`;
      stream.write(`\r\u001b[K[${bar}] ${done}/${all}  ${about.slice(0, Math.max(0, stream.columns - width - 14))}`);
    },
    end: () => {
      stream.write('\r\u001b[K');
    },
  };
}
