import type { Mail } from './mailbox.ts';

const MARK = '[@supabase/lite] email captured (not delivered)';
/** Lines of one mail come together. */
const QUIET_MILLISECONDS = 100;

/**
 * Reads the mails that Supabase Lite prints in place of sending them. Call the returned function with every line of its
 * output; `deliver` gets each mail once it is whole.
 */
export function captureMails(deliver: (mail: Mail) => void): (line: string) => void {
  let lines: string[] | undefined;
  let timer: NodeJS.Timeout | undefined;
  const finish = () => {
    clearTimeout(timer);
    const mail = lines && read(lines);
    lines = undefined;
    if (mail) deliver(mail);
  };
  return (line) => {
    if (line.includes(MARK)) {
      finish();
      lines = [];
    } else if (lines) {
      lines.push(line);
    }
    if (lines === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(finish, QUIET_MILLISECONDS).unref();
  };
}

function read(lines: readonly string[]): Mail | undefined {
  const [to, subject, ...body] = lines;
  if (!to?.startsWith('To: ') || !subject?.startsWith('Subject: ')) return undefined;
  return { to: to.slice(4), subject: subject.slice(9), text: body.join('\n').trim() };
}
