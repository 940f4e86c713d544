/** Finds something that leads back to itself. Walks without recursion, since what is captured may be deep. */

/** A node on a circle, or `undefined` when there is none. Each node and each edge is looked at once. */
export function onCircle(nodes: Iterable<string>, edgesOf: (node: string) => readonly string[]): string | undefined {
  const finished = new Set<string>();
  const onPath = new Set<string>();
  for (const start of nodes) {
    const path: { node: string; edges: readonly string[]; next: number }[] = [];
    const enter = (node: string) => {
      onPath.add(node);
      path.push({ node, edges: edgesOf(node), next: 0 });
    };
    if (!finished.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.edges[top.next];
      top.next += 1;
      if (to === undefined) {
        finished.add(top.node);
        onPath.delete(top.node);
        path.pop();
      } else if (onPath.has(to)) {
        return to;
      } else if (!finished.has(to)) {
        enter(to);
      }
    }
  }
  return undefined;
}
