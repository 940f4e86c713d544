/** One line that says how far the work is; on a terminal only. */
export interface Progress {
  readonly show: (done: number, all: number, about: string) => void;
  /** Leaves the line as if nothing had been there. */
  readonly end: () => void;
}

export function openProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { show: () => {}, end: () => {} };
  return {
    show: (done, all, about) => {
      stream.write(`\r\u001b[K${`${done}/${all}  ${about}`.slice(0, stream.columns - 1)}`);
    },
    end: () => {
      stream.write('\r\u001b[K');
    },
  };
}
