import { run } from '../scripts/workspace.mjs';

/** Of a program of others and all its children. */
export interface ForeignFigures {
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
}

/** Runs `call`, Python that starts a program, in the library's folder, and has Python take its time and memory. */
export async function measurePython(python: string, call: string, args: readonly string[]): Promise<ForeignFigures> {
  const program = `
import json, resource, subprocess, sys, sysconfig, time
began = time.time()
subprocess.run([sys.executable, '-c', ${JSON.stringify(call)}, *${JSON.stringify(args)}], cwd=sysconfig.get_path('purelib'),
  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'seconds': time.time() - began, 'cpuSeconds': used.ru_utime + used.ru_stime, 'peakMiB': used.ru_maxrss / 1024}))`;
  const { output } = await run(python, ['-c', program], { quiet: true });
  return JSON.parse(output) as ForeignFigures;
}
