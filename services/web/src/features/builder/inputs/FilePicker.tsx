/** A file that comes with the map: one that is there already, or one from this device. */

import { useMutation } from "@tanstack/react-query";
import { use, useRef } from "react";

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
  const send = useMutation({ mutationFn: upload, onSuccess: onChange });

  const names = [...new Set([value, ...Object.keys(files)])];
  const missing = value in files || value.startsWith("data:") ? null : `No file of this name: ${value}`;
  return (
    <div className="field">
      <SelectField
        label={label}
        value={value}
        choices={names.map((name) => ({ id: name, name: name.startsWith("data:") ? "In the map itself" : name }))}
        fault={send.error?.message ?? fault ?? missing}
        onChange={onChange}
      />
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) send.mutate(file);
          event.target.value = "";
        }}
      />
      <div>
        <Button small isDisabled={send.isPending} onPress={() => input.current?.click()}>
          {send.isPending ? "Uploading …" : "Upload a file"}
        </Button>
      </div>
    </div>
  );
}
