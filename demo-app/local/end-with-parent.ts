// Loaded into child processes before anything else (`node --import`), so that no child outlives its parent.
// The parent holds the other end of stdin; the system closes it when the parent ends, even by `kill -9`.
process.stdin.on('end', leave).on('error', leave).resume();
process.stdin.unref();

function leave(): void {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5_000).unref();
  process.kill(process.pid, 'SIGTERM');
}
