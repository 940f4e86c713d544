/** Ten thousand legal vendors, each with a life of its own drawn from a seed: no rule may blame one of them. */
import { legalTrace } from '../contracts/rules/legal/traces.ts';
import { judged } from '../contracts/rules/plain-trace.ts';
import type { VolumeCheck } from './main.ts';

const whole = 10_000;

export async function legalTraffic(scale: number): Promise<VolumeCheck> {
  const traces = Math.round(whole * scale);
  const blamed: string[] = [];
  let exchanges = 0;
  for (let seed = 1; seed <= traces; seed += 1) {
    const trace = legalTrace(seed);
    exchanges += trace.exchanges.length;
    const found = judged(trace).findings.find(({ level }) => level !== 'MAY');
    if (found !== undefined) blamed.push(`seed ${seed}: ${found.rule}, ${found.message}`);
  }
  const said = blamed.length === 0 ? 'none blamed' : `${blamed.length} blamed, first ${blamed[0]}`;
  return { ok: blamed.length === 0, figures: `${traces} traces of ${exchanges} exchanges judged, ${said}` };
}
