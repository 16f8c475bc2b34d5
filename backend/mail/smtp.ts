import { CloudActError } from '@cloudact/core/errors';
import { createTransport } from 'nodemailer';
import type { Mailer } from './port.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** Absent for a server that asks for no sign-in. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** For example `CloudAct <no-reply@example.com>`. */
  readonly from: string;
  /** TLS from the first byte (port 465). Otherwise the connection is upgraded by STARTTLS. */
  readonly secure: boolean;
}

/**
 * Sends mail over SMTP. The connection is encrypted and the server's certificate verified, unless the server is this
 * machine. `send` throws `request_invalid` for an address that is none, and `unavailable` when the server refuses,
 * cannot be trusted, or does not answer within ten seconds. Nothing is sent twice here.
 */
export function smtpMailer({ host, port, user, password, from, secure }: SmtpOptions): Mailer {
  const local = isThisMachine(host);
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !local,
    ignoreTLS: local && !secure,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: TIMEOUT_MILLISECONDS,
    greetingTimeout: TIMEOUT_MILLISECONDS,
    dnsTimeout: TIMEOUT_MILLISECONDS,
    socketTimeout: TIMEOUT_MILLISECONDS,
    // A mail is made of the three texts below: nothing in them may read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send({ to, subject, text }) {
      if (!ADDRESS.test(to)) {
        throw new CloudActError('request_invalid', {
          detail: 'The mail address is not valid. Check how it is written.',
        });
      }
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject: subject.replace(CONTROL, ' '), text });
      } catch (error) {
        const { code, originalCode, responseCode } = error as SmtpError;
        throw new CloudActError('unavailable', {
          detail: `The mail could not be sent: ${reasonOf(isUntrusted(originalCode) ? 'ETLS' : code, `${host}:${port}`)}`,
          // Servers repeat in their answers what was sent to them: the text, a link in it, a password.
          cause: { code, originalCode, responseCode },
        });
      }
    },
  };
}

const TIMEOUT_MILLISECONDS = 10_000;

/** One address, and nothing that could end a header line or begin another recipient. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,255}$/u;
const CONTROL = /\p{Cc}+/gu;

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What nodemailer throws: its own code, that of Node's socket, and the status of the server's answer. */
interface SmtpError {
  code?: string;
  originalCode?: string;
  responseCode?: number;
}

/** Node's codes for a certificate that does not stand up to verification, and OpenSSL's for a failed handshake. */
function isUntrusted(originalCode = ''): boolean {
  return /CERT|SIGNATURE|ERR_SSL|ERR_TLS/.test(originalCode);
}

/** By the codes of nodemailer. */
function reasonOf(code: string | undefined, server: string): string {
  switch (code) {
    case 'EAUTH':
      return `${server} refused the sign-in. Check SMTP_USER and SMTP_PASSWORD.`;
    case 'ETLS':
      return `${server} offers no encryption that can be trusted. Check SMTP_PORT, SMTP_SECURE and its certificate.`;
    case 'EENVELOPE':
    case 'EMESSAGE':
      return `${server} refused the mail. Check SMTP_FROM and the recipient's address.`;
    default:
      return `${server} does not answer. Check SMTP_HOST and SMTP_PORT.`;
  }
}
