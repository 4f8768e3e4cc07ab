import { text } from '../texts/texts.js';

const labels = {
  password: 'proof.usePassword',
  totp: 'factor.useCode',
  recovery_code: 'factor.useRecovery',
  passkey: 'factor.usePasskey',
} as const;

const labelOf = (method: keyof typeof labels) => text(labels[method]);

interface OtherWaysProps<Method extends keyof typeof labels> {
  methods: readonly Method[];
  /** The one that is shown already. */
  current: Method;
  onChoose: (method: Method) => void;
}

/** A button for each other way to prove an identity; nothing if there is none. */
export function OtherWays<Method extends keyof typeof labels>({
  methods,
  current,
  onChoose,
}: OtherWaysProps<Method>) {
  const others = methods.filter((each) => each !== current);
  if (others.length === 0) return null;
  return (
    <div className="ways" role="group" aria-label={text('factor.otherWays')}>
      {others.map((other) => (
        <button
          key={other}
          type="button"
          className="button small"
          onClick={() => {
            onChoose(other);
          }}
        >
          {labelOf(other)}
        </button>
      ))}
    </div>
  );
}
