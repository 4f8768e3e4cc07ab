import type { ReactNode } from 'react';
import type { TotpSetup } from '../../api/api-objects.js';
import { CopyButton } from '../conversation/copy-button.js';
import { Form } from '../form/form.js';
import { text } from '../texts/texts.js';
import { codeField } from './code-field.js';
import { QrImage } from './qr-image.js';

interface TotpSetUpProps {
  setup: TotpSetup;
  /** Sends a code of the app. Rejects with a `Problem`. */
  onConfirm: (code: string) => Promise<void>;
  /** Further buttons. */
  children?: ReactNode;
}

/** The secret of an authenticator app, and the form for the first code of the app. */
export function TotpSetUp({ setup: { secret, uri }, onConfirm, children }: TotpSetUpProps) {
  return (
    <>
      <p>{text('totp.scan')}</p>
      <QrImage content={uri} label={text('totp.qrCode')} />
      <p className="secret-line">
        {text('totp.key')} <code className="secret">{secret}</code>
        <CopyButton what={text('copy.totpKey')} content={() => secret} />
      </p>
      <p>{text('totp.thenCode')}</p>
      <Form fields={[codeField()]} submit={text('totp.confirm')} onSubmit={({ code }) => onConfirm(code)}>
        {children}
      </Form>
    </>
  );
}
