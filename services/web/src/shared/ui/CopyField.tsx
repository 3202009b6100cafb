/** Text to be taken along: shown whole, and copied by a button. */

import { useRef, useState } from "react";
import { Input, Label, TextArea, TextField } from "react-aria-components";

import { Button } from "./Button";

interface CopyFieldProps {
  label: string;
  value: string;
  /** Several lines. */
  lines?: number;
}

export function CopyField({ label, value, lines }: CopyFieldProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [status, setStatus] = useState("");

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setStatus("Copied");
    } catch {
      // Browsers keep the clipboard to themselves on pages without HTTPS, or when somebody says so.
      field.current?.select();
      setStatus("Press Ctrl C, or ⌘ C, to copy");
    }
  };

  return (
    <div className="copy-field">
      <TextField className="field" value={value} isReadOnly>
        <Label className="label">{label}</Label>
        {lines ? (
          <TextArea ref={field} className="input code" rows={lines} spellCheck={false} />
        ) : (
          <Input ref={field} className="input code" spellCheck={false} />
        )}
      </TextField>
      <div className="row">
        <Button small aria-label={`Copy: ${label}`} onPress={() => void copy()}>
          Copy
        </Button>
        <span role="status" className="hint">
          {status}
        </span>
      </div>
    </div>
  );
}
