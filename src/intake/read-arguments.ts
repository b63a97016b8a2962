import { parseArgs } from 'node:util';

/** What `npm run import` was asked to do. */
export type ImportOrder = {
  file: string;
  hub: URL;
  /** Where the token is kept; null where it is given in HUB_TOKEN, or where the demo gives one. */
  tokenFile: string | null;
  token: string | null;
  /** As whom, in a demo without a token. */
  as: string;
  dryRun: boolean;
  leaveOut: boolean;
  yes: boolean;
};

export type ReadArguments =
  | { kind: 'order'; order: ImportOrder }
  | { kind: 'help' }
  | { kind: 'template'; order: Omit<ImportOrder, 'file'> }
  | { kind: 'wrong'; problem: string };

export const usage = `Creates cases from a CSV file in a hub that is running.

  npm run import -- cases.csv [options]
  npm run import -- --template > cases.csv

  --dry-run           say what is wrong and what would be made, and create nothing
  --leave-out         create the rest where some cases have errors, or differ from the hub's
  --yes               do not ask before creating
  --hub URL           the hub; HUB_URL, or http://127.0.0.1:3000, unless given
  --token-file FILE   a file that holds the bearer token; HUB_TOKEN unless given
  --as ID             as whom, in a demo, where no token is given; feed-1 unless given
  --template          write the template, with an invented case in it
  --help

Nothing is created where any case has an error, unless --leave-out. Run it again after whatever stopped it: it goes on
where it was, and nothing is created twice. It ends with 0 where all is well, 1 where something in the file is not, and
2 where it could not be done.
`;

const usualHub = 'http://127.0.0.1:3000';

/** Reads the arguments and the environment of \`npm run import\`. Pure. */
export function readArguments(
  given: readonly string[],
  environment: Record<string, string | undefined>,
): ReadArguments {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'leave-out': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        hub: { type: 'string' },
        'token-file': { type: 'string' },
        as: { type: 'string', default: 'feed-1' },
        template: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    // What parseArgs throws is about what was typed.
    return { kind: 'wrong', problem: error instanceof Error ? error.message : 'the options cannot be read' };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const address = values.hub ?? (environment['HUB_URL'] || usualHub);
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return {
      kind: 'wrong',
      problem: 'the address of the hub must be a URL that starts with http:// or https://',
    };
  const order = {
    hub: new URL(address),
    tokenFile: values['token-file'] ?? null,
    token: environment['HUB_TOKEN'] || null,
    ...{ as: values.as, dryRun: values['dry-run'], leaveOut: values['leave-out'], yes: values.yes },
  };
  if (values.template) return { kind: 'template', order };
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return { kind: 'wrong', problem: 'name one CSV file' };
  return { kind: 'order', order: { ...order, file } };
}
