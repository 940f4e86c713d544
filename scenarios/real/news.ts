/** Waiting for something to become so in real time: woken by whatever happens, and by the end of patience. */
import type { Kernel } from '../../kernel/kernel.ts';

/** Told that something has happened, whatever it was. */
export class News {
  #arrived = Promise.withResolvers<void>();

  tell(): void {
    const { resolve } = this.#arrived;
    this.#arrived = Promise.withResolvers<void>();
    resolve();
  }

  /** Settles at the next `tell`. */
  next(): Promise<void> {
    return this.#arrived.promise;
  }
}

/** True once the condition holds; false when patience ends first. The condition is asked whenever there is news. */
export async function becomesTrue(
  condition: () => boolean | Promise<boolean>,
  { kernel, news, patienceMs }: { kernel: Kernel; news: News; patienceMs: number },
): Promise<boolean> {
  const limit = kernel.alarm(kernel.now() + patienceMs);
  let isOver = false;
  limit.rung.then(() => {
    isOver = true;
    news.tell();
  });
  for (;;) {
    // Asked for before the condition is: news that comes while it is looked at counts.
    const next = news.next();
    if (await condition()) {
      limit.cancel();
      return true;
    }
    if (isOver) return false;
    await next;
  }
}
