import { useAppState } from '../layout/app-state.js';
import { formatPrice } from '../../api/format-price.js';
import { offeredModel } from './conversation-settings.js';
import { text } from '../texts/texts.js';

/** The model and its price; a select if there are several models. */
export function ModelSelect({ model, onModel }: { model: string | null; onModel: (name: string) => void }) {
  const { models } = useAppState();
  const chosen = offeredModel(models, model);
  if (chosen === undefined) return null;
  if (models.length === 1)
    return (
      <p className="model">
        <span className="model-name">{chosen.name}</span>
        <span className="price">{formatPrice(chosen)}</span>
      </p>
    );
  return (
    <select
      className="model-choice"
      aria-label={text('settings.model')}
      value={chosen.name}
      onChange={(event) => {
        onModel(event.target.value);
      }}
    >
      {models.map((each) => (
        <option key={each.name} value={each.name}>
          {each.name} · {formatPrice(each)}
        </option>
      ))}
    </select>
  );
}
