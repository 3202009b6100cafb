/** The names that a territory library gives. */

export function Names({ names }: { names: readonly string[] }) {
  const count = names.length === 1 ? "a name" : `${names.length} names`;
  return (
    <div className="import-names">
      <h3>{names.length === 0 ? "Brings no names" : `Brings ${count}`}</h3>
      <ul tabIndex={names.length > 0 ? 0 : undefined} aria-label="Names that it brings">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
