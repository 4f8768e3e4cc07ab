import { useDesk } from '../layout/desk.js';
import { priceWords } from '../tokens/prices.js';

/** Which model answers and what it costs; a choice only where there are several. */
export function ModelChoice({ model, onModel }: { model: string | null; onModel: (name: string) => void }) {
  const { models } = useDesk();
  const chosen =
    models.find(({ name }) => name === model) ?? models.find((each) => each.default) ?? models[0];
  if (chosen === undefined) return null;
  return (
    <div className="model">
      {models.length === 1 ? (
        <span className="model-name">{chosen.name}</span>
      ) : (
        <select
          aria-label="Model"
          value={chosen.name}
          onChange={(event) => {
            onModel(event.target.value);
          }}
        >
          {models.map((each) => (
            <option key={each.name} value={each.name}>
              {each.name} – {priceWords(each)}
            </option>
          ))}
        </select>
      )}
      <span className="price">{priceWords(chosen)}</span>
    </div>
  );
}
