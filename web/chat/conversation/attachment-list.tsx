import { basePath } from '../../api/base-path.js';
import { numberFormat } from '../../language/message.js';
import { CloseIcon, FileIcon } from '../layout/icons.js';
import type { ShownAttachment } from './shown-attachment.js';
import { text } from '../texts/texts.js';

interface AttachmentListProps {
  label: string;
  items: readonly (ShownAttachment & { key?: string })[];
  /** Called with the position of the item; without it nothing can be removed. */
  onRemove?: (position: number) => void;
}

/** Images and files: images as such, files by their names. Those of messages are links. */
export function AttachmentList({ label, items, onRemove }: AttachmentListProps) {
  if (items.length === 0) return null;
  return (
    <ul className="attachments" aria-label={label}>
      {items.map((item, position) => (
        <li key={item.key ?? position} className={isPicture(item) ? 'attachment picture' : 'attachment'}>
          {onRemove === undefined ? (
            <a
              href={addressOf(item)}
              download={item.isStored ? item.name : undefined}
              {...awayFromPage(item)}
            >
              <Content item={item} />
            </a>
          ) : (
            <>
              <Content item={item} />
              <button
                type="button"
                className="remove"
                aria-label={text('files.remove', { name: item.name })}
                onClick={() => {
                  onRemove(position);
                }}
              >
                <CloseIcon />
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** An image by its address is not fetched by the page: its owner would know who reads the message. */
function isPicture({ type, isStored }: ShownAttachment): boolean {
  return type === 'image' && isStored;
}

function addressOf({ href }: ShownAttachment): string {
  return href.startsWith('/') ? basePath + href : href;
}

function awayFromPage({ isStored }: ShownAttachment) {
  return isStored ? {} : { target: '_blank', rel: 'noopener noreferrer nofollow' };
}

function Content({ item }: { item: ShownAttachment }) {
  if (isPicture(item)) return <img src={addressOf(item)} alt={item.name} />;
  return (
    <>
      <FileIcon />
      <span className="file-name">{item.name}</span>
      {item.size !== null && <span className="file-size">{formatSize(item.size)}</span>}
    </>
  );
}

function formatSize(bytes: number): string {
  if (bytes < 1000) return text('files.bytes', { count: bytes });
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${numberFormat(one).format(bytes / 1_000_000)} MB`;
}
