/** How much memory is in use once everything is gone that nobody holds. */

/** In bytes. Needs `node --expose-gc`. */
export function heapAfterCollection(): number {
  if (globalThis.gc === undefined) throw new Error('run it with node --expose-gc, as `npm run volume` does');
  // Twice: what a first collection lets go of may hold more.
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

export function shownBytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
