import { CloudActError } from '@cloudact/core/errors';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { billFormats } from '../providers/registry.ts';
import { convertCommand } from './convert-command.ts';
import { exitCodes, exitCodesHelp } from './exit-codes.ts';
import { showFailure } from './failures.ts';
import { subscriptionsCommand } from './subscriptions-command.ts';
import { type Terminal, terminal } from './terminal.ts';
import { validateCommand } from './validate-command.ts';

export interface RunOptions {
  signal?: AbortSignal;
  terminal?: Terminal;
}

/** Runs one command line, without the program's name. Returns the exit code and never throws. */
export async function run(
  args: readonly string[],
  { signal, terminal: screen = terminal }: RunOptions = {},
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const context = { terminal: screen, ...(signal && { signal }) };
  const program = new Command('cloudact')
    .description('Turns provider bills into FOCUS 1.3, tied to the bill to the last digit, and checks FOCUS files.')
    .version(manifest.version)
    .addHelpText('after', exitCodesHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => screen.out(text.trimEnd()),
      writeErr: (text) => screen.error(text.trimEnd()),
      outputError: () => undefined,
    });
  program
    .command('convert')
    .description('Convert the files of one bill to one FOCUS 1.3 file.')
    .argument('<files...>', 'files, folders or patterns (CSV and NDJSON, plain or gzip, and Parquet)')
    .option('--from <format>', `auto, ${billFormats.map(({ id }) => id).join(', ')}`, 'auto')
    .requiredOption('-o, --out <file>', 'output: .csv, .csv.gz, .parquet, .ndjson, .ndjson.gz or .jsonl')
    .option('--commitments <file>', 'another output: the contract commitments that the bill tells of')
    .option('--prices <file>', 'own prices of AI usage (JSON), above the published ones')
    .option('--skip-unreadable', 'leave unreadable rows out, report them, and exit with 3')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options) => {
      exitCode = await convertCommand(files, options, context);
    });
  program
    .command('validate')
    .description('Check FOCUS files, Cost and Usage or Contract Commitment, against the rules of FOCUS 1.3.')
    .argument(
      '<files...>',
      'files, folders or patterns (CSV, plain or gzip, Parquet or NDJSON); each is judged by itself',
    )
    .option('--json', 'print the result as JSON')
    .option('--html <file>', 'write the result as a page, too')
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options) => {
      exitCode = await validateCommand(files, options, context);
    });
  program
    .command('subscriptions')
    .description('Compute the charges of SaaS subscription plans and write them as one FOCUS 1.3 file.')
    .argument('<plans>', 'the plan document (JSON)')
    .requiredOption('-o, --out <file>', 'output: .csv, .csv.gz, .parquet, .ndjson, .ndjson.gz or .jsonl')
    .option('--commitments <file>', 'another output: the contract commitments of a year or more')
    .option('--through <day>', 'the last day that is charged, as in 2026-11-30 (default: today in UTC)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', exitCodesHelp)
    .action(async (file: string, options) => {
      exitCode = await subscriptionsCommand(file, options, context);
    });
  program
    .command('run')
    .description('Fetch every billing period that a connector lists, and convert them to one FOCUS 1.3 file.')
    .argument('<connector>', 'openai, anthropic, aws, azure, gcp, oci and the others; a name that is none lists them')
    .requiredOption('-o, --out <file>', 'output: .csv, .csv.gz, .parquet, .ndjson, .ndjson.gz or .jsonl')
    .option('--prices <file>', 'own prices of AI usage (JSON), above the published ones')
    .option('--settings <file>', 'settings of the connection (JSON), secrets too; else CLOUDACT_ADMIN_KEY and the like')
    .option('--from <day>', 'the first day that is fetched, as in 2026-01-31')
    .option('--replay <folder>', 'recorded answers that are fetched instead (openai, anthropic); needs no secrets')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', exitCodesHelp)
    .action(async (connector: string, options) => {
      // The connectors are many, and no other command needs them.
      const { runCommand } = await import('./run-command.ts');
      exitCode = await runCommand(connector, options, context);
    });
  const vault = program.command('vault').description('Rotate the keys that credentials are sealed with.');
  withVaultOptions(vault.command('rotate-wrapping-key'))
    .description('Wrap every data key anew: with a new key of the key file, or with the newest version in Cloud KMS.')
    .option('--prune', 'then delete the key file’s keys that nothing uses; older backups do not open any more')
    .action(async (options) => {
      const { rotateWrappingKeyCommand } = await import('./vault-command.ts');
      exitCode = await rotateWrappingKeyCommand(options, context);
    });
  withVaultOptions(vault.command('rotate-data-keys'))
    .description('Give every organisation a new data key, and seal all credentials anew.')
    .option('--org <slug>', 'this organisation alone')
    .action(async (options) => {
      const { rotateDataKeysCommand } = await import('./vault-command.ts');
      exitCode = await rotateDataKeysCommand(options, context);
    });
  for (const command of [...program.commands, ...vault.commands]) {
    command.exitOverride().copyInheritedSettings(program);
  }

  try {
    if (args.length === 0) {
      screen.error(program.helpInformation().trimEnd() + exitCodesHelp);
      return exitCodes.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.ok;
      // A command that only has commands has shown them.
      if (error.code === 'commander.help') return exitCodes.usage;
      return showFailure(usageError(error), { terminal: screen, json: args.includes('--json') });
    }
    return showFailure(error, { terminal: screen, json: args.includes('--json'), ...(signal && { signal }) });
  }
}

/** The services must be stopped meanwhile: one process owns a DuckDB warehouse. */
function withVaultOptions(command: Command): Command {
  return command
    .option('--warehouse <folder>', 'folder of the DuckDB warehouse; else CLOUDACT_WAREHOUSE_DIR')
    .option('--key-file <file>', 'file with the wrapping keys; else CLOUDACT_VAULT_KEY_FILE')
    .option('--kms-key <name>', 'Cloud KMS key that wraps; else CLOUDACT_VAULT_KMS_KEY')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', VAULT_HELP);
}

const VAULT_HELP = `
CLOUDACT_VAULT_AUTHENTICATION_KEY has to be that of the services. One process owns a warehouse: stop them meanwhile.
Stopped or killed, run it again: it goes on.
${exitCodesHelp}`;

function usageError(error: CommanderError): Error {
  return new CloudActError('usage_invalid', {
    detail: `${error.message.replace(/^error: /, '')}. See cloudact --help.`,
    cause: error,
  });
}
