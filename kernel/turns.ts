/** One task at a time, in the order of asking (K3). A task that fails does not stop those behind it. */
export class Turns {
  #last: Promise<unknown> | undefined;

  take<T>(task: () => T | Promise<T>): Promise<T> {
    // When nobody is before it, a task need not wait for the runtime to come round to it.
    const turn = this.#last === undefined ? begun(task) : this.#last.then(task);
    const over: Promise<void> = turn.then(ignore, ignore).then(() => {
      if (this.#last === over) this.#last = undefined;
    });
    this.#last = over;
    return turn;
  }
}

async function begun<T>(task: () => T | Promise<T>): Promise<T> {
  return task();
}

function ignore(): void {}
