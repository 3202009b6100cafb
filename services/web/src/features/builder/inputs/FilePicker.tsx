/** A file that comes with the map: one that is there already, or one from this device. */

import { use, useRef, useState } from "react";

import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { SelectField } from "@/shared/ui/fields";
import { FilesContext } from "../files_context";

interface FilePickerProps {
  label: string;
  accept: string;
  /** Its name in the map. */
  value: string;
  onChange: (name: string) => void;
  fault: string | null;
}

export function FilePicker({ label, accept, value, onChange, fault }: FilePickerProps) {
  const { files, upload } = use(FilesContext);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);

  const send = async (file: File) => {
    setBusy(true);
    setProblem(null);
    try {
      onChange(await upload(file));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const names = [...new Set([value, ...Object.keys(files)])];
  const missing = value in files || value.startsWith("data:") ? null : `No file of this name: ${value}`;
  return (
    <div className="field">
      <SelectField
        label={label}
        value={value}
        choices={names.map((name) => ({ id: name, name: name.startsWith("data:") ? "In the map itself" : name }))}
        fault={problem?.message ?? fault ?? missing}
        onChange={onChange}
      />
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void send(file);
          event.target.value = "";
        }}
      />
      <div>
        <Button small isDisabled={isBusy} onPress={() => input.current?.click()}>
          {isBusy ? "Uploading …" : "Upload a file"}
        </Button>
      </div>
    </div>
  );
}
