/** A box to type in that proposes what can be chosen. */

import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
  type Key,
} from "react-aria-components";

export interface Proposal {
  id: string;
  name: string;
  about: string;
}

interface SearchBoxProps {
  label: string;
  text: string;
  onText: (text: string) => void;
  proposals: readonly Proposal[];
  onChoose: (id: string) => void;
  /** What is said where nothing is found. */
  empty: string;
  description?: string | undefined;
  fault?: string | null;
  placeholder?: string | undefined;
  autoFocus?: boolean;
  onBlur?: () => void;
}

export function SearchBox({
  label,
  text,
  onText,
  proposals,
  onChoose,
  empty,
  description,
  fault,
  ...props
}: SearchBoxProps) {
  const { placeholder, autoFocus = false, onBlur } = props;
  return (
    <ComboBox
      className="field"
      items={proposals}
      inputValue={text}
      onInputChange={onText}
      value={null}
      onChange={(key: Key | null) => key !== null && onChoose(key.toString())}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="input"
      autoFocus={autoFocus}
      isInvalid={Boolean(fault)}
      onBlur={() => onBlur?.()}
    >
      <Label className="label">{label}</Label>
      <div className="search-box">
        <Input className="input" placeholder={placeholder} spellCheck={false} />
        <Button className="button quiet icon small">
          <span aria-hidden="true">▾</span>
        </Button>
      </div>
      {description && (
        <Text slot="description" className="description">
          {description}
        </Text>
      )}
      <FieldError className="fault">{fault}</FieldError>
      <Popover className="popover">
        <ListBox className="menu" renderEmptyState={() => <p className="menu-item hint">{empty}</p>}>
          {(proposal: Proposal) => (
            <ListBoxItem className="menu-item" id={proposal.id} textValue={proposal.name}>
              <span>{proposal.name}</span>
              <span className="hint">{proposal.about}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
