import { saveFile } from '../../api/save-file.js';
import { CopyButton } from '../conversation/copy-button.js';
import { text } from '../texts/texts.js';

interface RecoveryCodesProps {
  codes: readonly string[];
  /** Called once the user says that the codes are kept. */
  onKept: () => void;
}

/** New recovery codes, which are shown once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const content = () => `${codes.join('\n')}\n`;
  return (
    <div className="notice" role="status">
      <p>{text('recovery.about')}</p>
      <ol className="recovery-codes" aria-label={text('recovery.list')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions">
        <button
          type="button"
          className="button small"
          onClick={() => {
            saveFile(new Blob([content()], { type: 'text/plain' }), 'recovery-codes.txt');
          }}
        >
          {text('recovery.download')}
        </button>
        <CopyButton what={text('copy.recoveryCodes')} content={content} />
        <button type="button" className="button small" onClick={onKept}>
          {text('recovery.kept')}
        </button>
      </div>
    </div>
  );
}
