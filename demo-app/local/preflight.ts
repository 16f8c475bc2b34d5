import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { CloudActError } from '@cloudact/core/errors';

/** The first start writes about 400 MB: packages' build output, the warehouse, the demo files. */
const NEEDED_BYTES = 500 * 1024 * 1024;

/** Throws `port_taken`, naming the port and the variable that moves it. */
export async function requireFreePort(port: number, usedFor: string, variable: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new CloudActError('port_taken', {
              detail: `Port ${port} (${usedFor}) is taken. Stop what listens there, or choose another: ${variable}=<port> npm start`,
            })
          : error,
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

/** Makes the data folder. Throws `storage_full` or `configuration_invalid`. */
export async function requireDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw noSpace(directory, cause);
    throw new CloudActError('configuration_invalid', {
      detail: `The data folder ${directory} cannot be written (${code}). Give another: CLOUDACT_DATA_DIR=<folder> npm start`,
      cause,
    });
  }
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < NEEDED_BYTES) throw noSpace(directory);
}

function noSpace(directory: string, cause?: unknown): CloudActError {
  return new CloudActError('storage_full', {
    detail: `Less than 500 MB are free where ${directory} is. Free some space, or give another folder: CLOUDACT_DATA_DIR=<folder> npm start`,
    cause,
  });
}
