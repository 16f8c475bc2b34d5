// Loaded into the Supabase Lite process before Lite itself (`node --import`). Its working directory is the data folder.
import { LOCKED_EXIT_CODE, takeLock } from './directory-lock.ts';
import './end-with-parent.ts';

// PGlite opens a folder twice without a word, and the two diverge. A process whose parent was killed a moment ago
// may still be closing the folder, so wait for it.
const lock = takeLock('server.lock', 8_000);
if (!lock) process.exit(LOCKED_EXIT_CODE);
process.on('exit', () => lock.release());
