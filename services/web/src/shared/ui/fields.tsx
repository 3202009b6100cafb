/** Fields of forms, each with its label, what helps with it, and what is wrong with it. */

import type { ReactNode } from "react";
import {
  Button,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
} from "react-aria-components";

interface Labelled {
  label: string;
  description?: ReactNode;
  /** What is wrong with the value. */
  fault?: string | null;
}

export interface TextFieldProps extends Labelled {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "password" | "email" | "search";
  name?: string;
  autoComplete?: string;
  placeholder?: string;
  required?: boolean;
  /** Several lines. */
  lines?: number;
  code?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  onBlur?: () => void;
}

export function TextField({
  label,
  description,
  fault,
  lines,
  code,
  required,
  readOnly,
  placeholder,
  ...props
}: TextFieldProps) {
  const look = code ? "input code" : "input";
  return (
    <AriaTextField
      {...props}
      className="field"
      isInvalid={Boolean(fault)}
      isRequired={required ?? false}
      isReadOnly={readOnly ?? false}
      validationBehavior="aria"
    >
      <Label className="label">{label}</Label>
      {lines ? (
        <TextArea className={look} rows={lines} placeholder={placeholder} spellCheck={!code} />
      ) : (
        <Input className={look} placeholder={placeholder} spellCheck={code ? false : undefined} />
      )}
      <Notes description={description} fault={fault} />
    </AriaTextField>
  );
}

/** What helps with a field, and what is wrong with it. */
function Notes({ description, fault }: Omit<Labelled, "label">) {
  return (
    <>
      {description && (
        <Text slot="description" className="description">
          {description}
        </Text>
      )}
      <FieldError className="fault">{fault}</FieldError>
    </>
  );
}

export interface Choice<T extends string> {
  id: T;
  name: string;
}

interface SelectFieldProps<T extends string> extends Omit<Labelled, "description"> {
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
}

export function SelectField<T extends string>({ label, fault, value, choices, onChange }: SelectFieldProps<T>) {
  return (
    <Select
      className="field"
      value={value}
      isInvalid={Boolean(fault)}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key);
        if (choice) onChange(choice.id);
      }}
    >
      <Label className="label">{label}</Label>
      <Button className="button select-button">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <FieldError className="fault">{fault}</FieldError>
      <Popover className="popover">
        <ListBox className="menu" items={choices}>
          {(choice) => (
            <ListBoxItem className="menu-item" id={choice.id}>
              {choice.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface CheckboxProps {
  label: string;
  selected: boolean;
  isDisabled?: boolean;
  onChange: (selected: boolean) => void;
}

export function Checkbox({ label, selected, isDisabled = false, onChange }: CheckboxProps) {
  return (
    <CheckboxField isSelected={selected} isDisabled={isDisabled} onChange={onChange}>
      <CheckboxButton className="checkbox">
        <span className="box" aria-hidden="true">
          {selected && "✓"}
        </span>
        {label}
      </CheckboxButton>
    </CheckboxField>
  );
}
